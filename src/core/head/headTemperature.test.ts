import { describe, expect, test } from 'vitest';
import { calibration } from '../metrics/metrics.ts';
import { createRandom } from '../random.ts';
import { softmax } from '../softmax.ts';
import { fitTemperature, foldTemperature } from './headTemperature.ts';

const CLASSES = 4;

/** Photos whose true class is drawn from softmax(logits / temperature): that is the temperature to be found. */
function drawn(count: number, temperature: number): { logits: Float32Array; labels: number[] } {
  const random = createRandom(7);
  const logits = Float32Array.from({ length: count * CLASSES }, () => (random.next() - 0.5) * 8);
  const labels = Array.from({ length: count }, (_, i) => {
    const p = softmax(logits.slice(i * CLASSES, (i + 1) * CLASSES).map((z) => z / temperature));
    let left = random.next();
    return Math.max(
      0,
      p.findIndex((share) => (left -= share) < 0),
    );
  });
  return { logits, labels };
}

function errorAt({ logits, labels }: ReturnType<typeof drawn>, temperature: number): number {
  const rows = labels.map((_, i) => softmax(logits.slice(i * CLASSES, (i + 1) * CLASSES).map((z) => z / temperature)));
  const confidence = rows.map((row) => Math.max(...row));
  return calibration(
    confidence,
    rows.map((row, i) => row.indexOf(confidence[i]!) === labels[i]),
  ).error;
}

describe('the temperature of a head', () => {
  test.each([0.4, 1, 3])('%f is found again, and makes the confidence right', (temperature) => {
    const photos = drawn(4000, temperature);
    const found = fitTemperature(photos.logits, photos.labels, CLASSES);
    expect(Math.abs(Math.log(found / temperature))).toBeLessThan(0.08);
    expect(errorAt(photos, found)).toBeLessThan(0.03);
    if (temperature !== 1) expect(errorAt(photos, 1)).toBeGreaterThan(0.1);
  });

  test('a head that is right on all of a few photos does not become certain', () => {
    const logits = Float32Array.from({ length: 10 * CLASSES }, (_, i) => (i % CLASSES === 1 ? 1 : 0));
    const labels = Array.from({ length: 10 }, () => 1);
    const p = softmax(Float32Array.of(0, 1, 0, 0).map((z) => z / fitTemperature(logits, labels, CLASSES)));
    expect(p[1]).toBeCloseTo(11 / 12, 3);
  });

  test('is folded into the layer; without photos it is 1', () => {
    expect(fitTemperature([], [], CLASSES)).toBe(1);
    const folded = foldTemperature({ weights: Float32Array.of(2, 4), bias: Float32Array.of(1) }, 2);
    expect(folded).toEqual({ weights: Float32Array.of(1, 2), bias: Float32Array.of(0.5) });
  });
});
