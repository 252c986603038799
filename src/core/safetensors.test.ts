import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnysizeError } from './errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

function withHeader(header: unknown, data: number[] = []): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

const f32 = (start: number, end: number, shape: unknown = [(end - start) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [start, end],
});

/** Reads; a refusal must be the one named error. */
function refusal(file: Uint8Array<ArrayBuffer>): string | null {
  try {
    for (const tensor of readSafetensors(file, 'x.safetensors').tensors.values()) tensor.floats();
    return null;
  } catch (error) {
    if (!(error instanceof AnysizeError) || error.name !== 'BadModel') throw error;
    return error.message;
  }
}

test('the layout is the format: length, padded JSON, little-endian numbers', () => {
  const file = writeSafetensors(new Map([['a', { shape: [1], data: Float32Array.of(1.5) }]]), { k: 'v' });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  expect(header).toEqual({ __metadata__: { k: 'v' }, a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } });
  expect(new DataView(file.buffer).getFloat32(8 + length, true)).toBe(1.5);
  expect(file.length).toBe(8 + length + 4);
});

test('what is written is read again, hostile names included', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), { maxLength: 5 }),
      fc.dictionary(fc.string(), fc.string()),
      (names, metadata) => {
        fc.pre(!names.includes('__metadata__') && !Object.hasOwn(metadata, '__proto__'));
        const tensors = new Map(
          names.map((name, i) => [name, { shape: [2, i], data: new Float32Array(2 * i).fill(i) }]),
        );
        const read = readSafetensors(writeSafetensors(tensors, metadata), 'x');
        expect([...read.tensors.keys()].toSorted()).toEqual(names.toSorted());
        for (const [name, { shape, data }] of tensors) {
          expect(read.tensors.get(name)?.shape).toEqual(shape);
          expect(read.tensors.get(name)?.floats()).toEqual(data);
        }
      },
    ),
  );
  expect(({} as Record<string, unknown>)['shape']).toBeUndefined();
});

test('half-precision, bfloat16 and double numbers become float32', () => {
  const halves = writeSafetensors(
    new Map([['h', { shape: [4], data: Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff) }]]),
    {},
  );
  expect([...readSafetensors(halves, 'x').tensors.get('h')!.floats()]).toEqual([1, -2, 2 ** -24, 65504]);
  const brain = withHeader({ b: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, [0x40, 0xc0]);
  expect([...readSafetensors(brain, 'x').tensors.get('b')!.floats()]).toEqual([-3]);
  const double = withHeader({ d: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  expect([...readSafetensors(double, 'x').tensors.get('d')!.floats()]).toEqual([1]);
});

test.each([
  ['an empty file', new Uint8Array(0), /only 0 bytes/],
  ['a huge header length', new Uint8Array(16).fill(0xff), /header would be longer than the file/],
  ['a huge header', withHeader(' '.repeat(5_000_000)), /header takes 5000000 bytes; at most 4194304/],
  ['a header beyond the end', withHeader('{}').slice(0, 10).fill(200, 0, 1), /header would be longer than the file/],
  ['a header that is no JSON', withHeader('{"a": nonsense'), /not a JSON object/],
  ['a header that is a list', withHeader([1, 2]), /not a JSON object/],
  ['a header that is not UTF-8', withHeader('{"aaa": 1}').fill(0xff, 10, 12), /not a JSON object/],
  ['an unknown type', withHeader({ a: { dtype: 'F33', shape: [1], data_offsets: [0, 4] } }, [0, 0, 0, 0]), /malformed/],
  [
    'a type named like an inherited property',
    withHeader({ a: { dtype: 'toString', shape: [], data_offsets: [0, 0] } }),
    /malformed/,
  ],
  [
    'integers for floats',
    withHeader({ a: { dtype: 'I32', shape: [1], data_offsets: [0, 4] } }, [0, 0, 0, 0]),
    /I32 where floats/,
  ],
  ['overlapping tensors', withHeader({ a: f32(0, 8), b: f32(4, 12) }, Array(12).fill(0)), /"b" overlaps/],
  [
    'a gap',
    withHeader({ a: f32(0, 4), b: f32(8, 12) }, Array(12).fill(0)),
    /"b" overlaps another tensor or leaves a gap/,
  ],
  ['data after the last tensor', withHeader({ a: f32(0, 4) }, Array(8).fill(0)), /take 4 bytes, and 8 follow/],
  ['a truncated file', withHeader({ a: f32(0, 4) }, [0, 0]), /take 4 bytes, and 2 follow/],
  ['offsets that do not fit the shape', withHeader({ a: f32(0, 4, [2]) }, Array(4).fill(0)), /do not fit its shape/],
  ['offsets the wrong way round', withHeader({ a: f32(4, 0, [1]) }), /do not fit its shape/],
  ['a negative side', withHeader({ a: f32(0, 4, [-1]) }, Array(4).fill(0)), /malformed/],
  ['a shape that overflows', withHeader({ a: f32(0, 0, [2 ** 40, 2 ** 40]) }), /do not fit its shape/],
  ['a __proto__ entry', withHeader('{"__proto__": {"dtype": "F32"}}'), /"__proto__" is malformed/],
  ['metadata that is not text', withHeader({ __metadata__: { a: 1 } }), /metadata is not text/],
])('%s is refused with a reason', (_, file, reason) => {
  expect(refusal(file)).toMatch(reason);
});

test('no damage makes it fail otherwise than by name', () => {
  const whole = writeSafetensors(
    new Map([
      ['lin.weight', { shape: [2, 3], data: new Float32Array(6) }],
      ['lin.bias', { shape: [2], data: new Float32Array(2) }],
    ]),
    { classes: '["a","b"]' },
  );
  const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(edits, fc.nat(whole.length), (changes, keep) => {
      const file = whole.slice(0, keep);
      for (const [at, value] of changes) if (at < file.length) file[at] = value;
      refusal(file);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.json(), fc.uint8Array({ maxLength: 32 }), (json, data) => void refusal(withHeader(json, [...data]))),
  );
  for (let keep = 0; keep < whole.length; keep++) expect(refusal(whole.slice(0, keep))).not.toBeNull();
});
