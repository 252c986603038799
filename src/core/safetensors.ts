import * as v from 'valibot';
import { AnysizeError } from './errors.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './float16.ts';

/** One tensor to be written, row-major: float32, or half-precision bits. */
export interface TensorToWrite {
  shape: readonly number[];
  data: Float32Array | Uint16Array;
}

/** One tensor of a file that was read; its numbers are converted when asked for. */
export interface StoredTensor {
  dtype: string;
  shape: number[];
  /** Of its bytes in the file; no bytes lie between two tensors. */
  start: number;
  /** Row-major. @throws AnysizeError `BadModel` where the numbers are no floats. */
  floats: () => Float32Array;
}

export interface SafetensorsFile {
  tensors: Map<string, StoredTensor>;
  metadata: Map<string, string>;
}

/** A head's header takes some kilobytes; the format itself allows 100 MB. */
const MAX_HEADER = 4 * 1024 * 1024;
const MAX_TENSORS = 10_000;

/** Bytes per number: all of the format's types, so that offsets can be judged. */
const DTYPE_BYTES: Readonly<Record<string, number>> = Object.freeze({
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
});

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.object({
  dtype: v.picklist(Object.keys(DTYPE_BYTES)),
  shape: v.pipe(v.array(whole), v.maxLength(8)),
  data_offsets: v.tuple([whole, whole]),
});

/**
 * A safetensors file: 8 bytes of header length, a JSON header padded to a multiple of 8, the numbers little-endian.
 * @throws RangeError when a shape and its data disagree
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    const product = shape.reduce((a, b) => a * b, 1);
    if (product !== data.length) throw new RangeError(`"${name}": ${data.length} numbers for [${shape.join(', ')}]`);
    const start = end;
    end += data.byteLength;
    const dtype = data instanceof Float32Array ? 'F32' : 'F16';
    header.push([name, { dtype, shape, data_offsets: [start, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + end).fill(0x20, 8, 8 + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, 8);
  let offset = 8 + headerBytes;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

/**
 * Reads a safetensors file. Nothing in it is trusted: sizes are checked before anything is allocated, and tensors must lie
 * one after the other, without gap or overlap, up to the end of the file, as the format demands.
 * @param name of the file, for messages
 * @throws AnysizeError `BadModel` that says what is wrong
 */
export function readSafetensors(file: Uint8Array<ArrayBuffer>, name: string): SafetensorsFile {
  const fail = (what: string): never => {
    throw new AnysizeError('BadModel', `${name} is not a usable safetensors file: ${what}.`);
  };
  if (file.length < 10) return fail(`it has only ${file.length} bytes`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(file.length - 8)) return fail('its header would be longer than the file itself');
  if (length > BigInt(MAX_HEADER)) return fail(`its header takes ${length} bytes; at most ${MAX_HEADER} are read`);
  const start = 8 + Number(length);
  const header = parseHeader(file.subarray(8, start)) ?? fail('its header is not a JSON object');
  const entries = Object.entries(header).filter(([key]) => key !== '__metadata__');
  if (entries.length > MAX_TENSORS) return fail(`it lists ${entries.length} tensors; at most ${MAX_TENSORS} are read`);

  const found = entries.map(([key, value]) => {
    const entry = v.safeParse(entrySchema, value);
    if (!entry.success) return fail(`the entry of ${quoted(key)} is malformed (${entry.issues[0].message})`);
    const { dtype, shape, data_offsets: offsets } = entry.output;
    const bytes = shape.reduce((product, side) => product * side, DTYPE_BYTES[dtype]!);
    if (bytes !== offsets[1] - offsets[0]) return fail(`${quoted(key)} has offsets that do not fit its shape`);
    return { key, dtype, shape, offsets };
  });
  let end = 0;
  for (const { key, offsets } of found.toSorted((a, b) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1])) {
    if (offsets[0] !== end) return fail(`${quoted(key)} overlaps another tensor or leaves a gap`);
    end = offsets[1];
  }
  if (start + end !== file.length) {
    return fail(`its tensors take ${end} bytes, and ${file.length - start} follow the header`);
  }

  const tensors = new Map<string, StoredTensor>();
  for (const { key, dtype, shape, offsets } of found) {
    const floats = () => {
      const data = file.slice(start + offsets[0], start + offsets[1]).buffer;
      return toFloats(data, dtype) ?? fail(`${quoted(key)} holds ${dtype} where floats are needed`);
    };
    tensors.set(key, { dtype, shape, start: start + offsets[0], floats });
  }
  const metadata = v.safeParse(v.optional(v.record(v.string(), v.string()), {}), header['__metadata__']);
  if (!metadata.success) return fail('its metadata is not text');
  return { tensors, metadata: new Map(Object.entries(metadata.output)) };
}

/** The header's own properties; null where it is no JSON object. */
function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function toFloats(data: ArrayBuffer, dtype: string): Float32Array | null {
  switch (dtype) {
    case 'F32':
      return new Float32Array(data);
    case 'F64':
      return Float32Array.from(new Float64Array(data));
    case 'F16':
      return float16ToFloat32(new Uint16Array(data));
    case 'BF16':
      return bfloat16ToFloat32(new Uint16Array(data));
    default:
      return null;
  }
}

function quoted(key: string): string {
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}
