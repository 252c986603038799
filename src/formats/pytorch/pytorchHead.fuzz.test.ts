import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnysizeError } from '../../core/errors.ts';
import { checkHead } from '../../core/head/buildHead.ts';
import { binCount } from '../../core/pyramid/geometry.ts';
import { headFromSafetensors, type ImportedHead } from './pytorchHead.ts';
import { fuzzRuns } from '../../../tools/fuzzRuns.ts';

interface Tensor {
  dtype: 'F32' | 'F16' | 'BF16' | 'F64' | 'I32' | 'U8';
  shape: number[];
}
const BYTES = { F32: 4, F16: 2, BF16: 2, F64: 8, I32: 4, U8: 1 } as const;

/** A valid safetensors file: every tensor filled with `fill`, by bytes. */
function safetensors(
  tensors: readonly [string, Tensor][],
  metadata: Record<string, string>,
  fill: number,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header: [string, unknown][] = [['__metadata__', metadata]];
  for (const [name, { dtype, shape }] of tensors) {
    const bytes = shape.reduce((product, side) => product * side, BYTES[dtype]);
    header.push([name, { dtype, shape, data_offsets: [end, end + bytes] }]);
    end += bytes;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const file = new Uint8Array(8 + json.length + end).fill(fill);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

/** A head, or null where it was refused in words. */
function read(file: Uint8Array<ArrayBuffer>): ImportedHead | null {
  try {
    return headFromSafetensors(file, 'x.safetensors', 'id');
  } catch (error) {
    expect(error).toBeInstanceOf(AnysizeError);
    expect(error).toMatchObject({ name: 'BadModel', message: expect.stringMatching(/^x\.safetensors .+\.$/s) });
    return null;
  }
}

const levels: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom<number[][]>([1], [2, 1], [4, 2, 1], [3]) },
  fc.array(fc.oneof(fc.integer({ min: -2, max: 9 }), fc.double()), { maxLength: 4 }),
);
// Made once: arbitraries are slow to make, and each file below needs several.
const anything = fc.oneof(fc.json({ maxDepth: 2 }), fc.string({ unit: 'binary', maxLength: 20 }));
const text = (valid: fc.Arbitrary<string>) => fc.oneof({ weight: 30, arbitrary: valid }, anything);
const normalisation = text(
  fc
    .record({ sqrt: fc.boolean(), l2: fc.constantFrom('vector', 'level', 'none'), centre: fc.boolean() })
    .map((value) => JSON.stringify(value)),
);
const anyShape = fc.array(fc.nat(9), { maxLength: 4 });
const dtype = fc.oneof(
  { weight: 20, arbitrary: fc.constant('F32' as const) },
  fc.constantFrom<Tensor['dtype'][]>('F16', 'BF16', 'F64', 'I32', 'U8'),
);

/** Mostly a head whose parts fit, each part now and then anything. */
const file = fc
  .record({ levels, classCount: fc.integer({ min: 0, max: 4 }), channels: fc.integer({ min: 1, max: 6 }) })
  .chain(({ levels: told, classCount, channels }) => {
    const length = Math.max(0, Math.trunc(told.reduce((sum, n) => sum + n * n, 0))) * channels;
    const usual = length < 2000 ? length : 7;
    const shaped = (shape: number[]) =>
      fc.record({
        dtype,
        shape: fc.oneof(
          { weight: 40, arbitrary: fc.constant(shape) },
          anyShape,
          fc.constant([9, 9, 9].slice(shape.length)),
        ),
      });
    const tensors = fc.record(
      {
        'lin.weight': shaped([classCount, usual]),
        'lin.bias': shaped([classCount]),
        'normalisation.mean': shaped([usual]),
        'normalisation.scale': shaped([1]),
        constructor: shaped([2]),
      },
      { requiredKeys: ['lin.weight', 'lin.bias'] },
    );
    const metadata = fc.record(
      {
        anysize: fc.constantFrom('1', '1', '1', '1', '2'),
        name: anything,
        classes: text(fc.constant(JSON.stringify(Array.from({ length: classCount }, (_, k) => `<b>${k}`)))),
        levels: text(fc.constant(JSON.stringify(told))),
        rule: text(fc.constantFrom('adaptive', 'paper')),
        pooling: text(fc.constantFrom('max', 'mean')),
        channels: text(fc.constant(String(channels))),
        policy: text(fc.constantFrom('{"kind":"crop"}', '{"kind":"area","side":300}', '{"kind":"fit","side":1e99}')),
        normalisation,
        extra: anything,
      },
      { requiredKeys: ['levels', 'channels'] },
    );
    // Bytes of small numbers, of zero, of NaN, and of huge ones.
    return fc.tuple(tensors, metadata, fc.constantFrom(0x3c, 0x3c, 0x3c, 0, 0xff, 0x7f));
  })
  .map(([tensors, metadata, fill]) => safetensors(Object.entries(tensors), metadata, fill));

test('any safetensors file gives a head that can be used, or a named error', () => {
  let heads = 0;
  let refused = 0;
  fc.assert(
    fc.property(file, (bytes) => {
      const made = read(bytes);
      if (!made) {
        refused++;
        return;
      }
      heads++;
      const { head, notices } = made;
      expect(() => checkHead(head)).not.toThrow();
      const length = binCount(head.pyramid.levels) * head.channels;
      expect(head.weights).toHaveLength(head.classes.length * length);
      expect(head.bias).toHaveLength(head.classes.length);
      expect(head.mean?.length ?? length).toBe(length);
      for (const numbers of [head.weights, head.bias, head.mean ?? [], [head.scale]]) {
        expect(numbers.every(Number.isFinite)).toBe(true);
      }
      for (const one of [head.name, ...head.classes, ...notices]) expect(typeof one).toBe('string');
    }),
    { numRuns: fuzzRuns(250) },
  );
  // Neither outcome may be all there is.
  expect(Math.min(heads, refused)).toBeGreaterThan(10);
});

test('any metadata beside a plain file’s tensors: a head, or a named error', () => {
  const plain: [string, Tensor][] = [
    ['lin.weight', { dtype: 'F32', shape: [2, 1280] }],
    ['lin.bias', { dtype: 'F32', shape: [2] }],
  ];
  const key = fc.constantFrom(
    'classes',
    'levels',
    'rule',
    'pooling',
    'channels',
    'policy',
    'normalisation',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.json()), { maxLength: 2 }), (pairs) => {
      const made = read(safetensors(plain, Object.fromEntries(pairs), 0));
      if (pairs.length === 0) expect(made?.head.classes).toEqual(['class 1', 'class 2']);
      if (made) expect(() => checkHead(made.head)).not.toThrow();
    }),
    { numRuns: fuzzRuns(100) },
  );
});
