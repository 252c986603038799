import { AnysizeError } from '../errors.ts';
import { float16ToFloat32 } from '../float16.ts';
import type { Whitening, Whitenings } from './whitening.ts';

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * The whitenings from a safetensors file: per part (`map`, `middle`) `centre` F32 [d], `gains` F32 [k] and `directions` F16 [d, k]. (One byte a
 * direction would do for the answers, but not for vectors that agree with the reference to 1e-5: 4e-4 off.)
 * @throws AnysizeError `BadModel` where something is missing or of another shape
 */
export function readWhitenings(file: ArrayBuffer): Whitenings {
  const broken = (what: string): never => {
    throw new AnysizeError('BadModel', `The whitening that comes with the app is damaged: ${what}. Reload the page.`);
  };
  const headerLength = file.byteLength < 8 ? 0 : Number(new DataView(file).getBigUint64(0, true));
  if (headerLength < 2 || headerLength > file.byteLength - 8) broken('it has no header');
  const header = parsed(new TextDecoder().decode(new Uint8Array(file, 8, headerLength))) ?? broken('no header');
  const bytesOf = (name: string, dtype: string): { shape: number[]; bytes: ArrayBuffer } => {
    const entry = header[name] ?? broken(`it has no ${name}`);
    const [start, end] = entry.data_offsets.map((offset) => 8 + headerLength + offset) as [number, number];
    const size = entry.shape.reduce((product, side) => product * side, dtype === 'F32' ? 4 : 2);
    if (entry.dtype !== dtype || end - start !== size || end > file.byteLength) broken(`${name} does not fit`);
    return { shape: entry.shape, bytes: file.slice(start, end) };
  };
  const floats = (name: string, length: number): Float32Array => {
    const values = new Float32Array(bytesOf(name, 'F32').bytes);
    return values.length === length ? values : broken(`${name} has ${values.length} numbers, not ${length}`);
  };
  const part = (name: string): Whitening => {
    const { shape, bytes } = bytesOf(`${name}.directions`, 'F16');
    const [length = 0, rank = 0] = shape;
    const directions = float16ToFloat32(new Uint16Array(bytes));
    const centre = floats(`${name}.centre`, length);
    return { length, rank, centre, directions, gains: floats(`${name}.gains`, rank) };
  };
  return { map: part('map'), middle: part('middle') };
}

function parsed(text: string): Partial<Record<string, Entry>> | null {
  try {
    return JSON.parse(text) as Partial<Record<string, Entry>>;
  } catch {
    return null;
  }
}
