import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import golden from '../../../golden/everyday.json' with { type: 'json' };
import { float16ToFloat32 } from '../float16.ts';
import { softmax, topIndices } from '../softmax.ts';
import { type EverydayClass, type EverydayHead, everydayLogits } from './everyday.ts';
import { plainAnswer } from './plainAnswer.ts';

const folder = new URL('../../../public/models/everyday/', import.meta.url);

function head(): EverydayHead {
  const bytes = readFileSync(new URL('anysize-everyday-1066.safetensors', folder));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  const part = (name: string) => {
    const [from, to] = header[name]!.data_offsets;
    return bytes.buffer.slice(bytes.byteOffset + 8 + length + from, bytes.byteOffset + 8 + length + to) as ArrayBuffer;
  };
  return {
    classes: JSON.parse(readFileSync(new URL('anysize-everyday-1066.classes.json', folder), 'utf8')) as EverydayClass[],
    weight: float16ToFloat32(new Uint16Array(part('weight'))),
    bias: new Float32Array(part('bias')),
  };
}

const everyday = head();
const averageOf = (a: number[], b: number[]) => Float32Array.from(a, (value, c) => (value + b[c]!) / 2);

test.each(golden.cases)('$photo: the five best of the known means', ({ m224, m300, top }) => {
  const probabilities = softmax(everydayLogits(everyday, averageOf(m224, m300), 2));
  expect(topIndices(probabilities, 5)).toEqual(top.map(({ row }) => row));
  for (const { row, name, p } of top) {
    expect(everyday.classes[row]?.name).toBe(name);
    expect(Math.abs(probabilities[row]! - p)).toBeLessThan(1e-4);
  }
});

test('one look is told apart by its factor', () => {
  const mean = Float32Array.from(golden.cases[0]!.m300);
  const two = everydayLogits(everyday, mean, 2);
  expect(everydayLogits(everyday, mean, 1)[937]).toBeCloseTo(1.3 * two[937]!, 3);
});

test('says less when unsure: the name, else the group, else nothing', () => {
  const classes = [
    { name: 'pug', group: 'dog' },
    { name: 'beagle', group: 'dog' },
    { name: 'toaster', group: 'device' },
    { name: 'radio', group: 'device' },
  ];
  expect(plainAnswer([0.5, 0.2, 0.2, 0.1], classes)).toEqual({ kind: 'name', name: 'pug', probability: 0.5 });
  expect(plainAnswer([0.45, 0.25, 0.2, 0.1], classes)).toMatchObject({ kind: 'group', group: 'dog' });
  expect(plainAnswer([0.1, 0.1, 0.45, 0.35], classes)).toEqual({ kind: 'unsure' });
  expect(plainAnswer([0.3, 0.25, 0.25, 0.2], classes)).toEqual({ kind: 'unsure' });
});
