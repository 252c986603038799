import { expect, test } from 'vitest';
import type { SizePlan } from '../../core/model.ts';
import { softmax } from '../../core/softmax.ts';
import type { MeanHead } from '../labels/meanHead.ts';
import { WholeMap } from '../path/mapReader.ts';
import { answerMean, bestOnAverage, type MeanLook } from './answer.ts';

const CHANNELS = 6;
const CLASSES = 4;

function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.abs(Math.sin((i + 1) * seed)) * 3);
}

function lookAt(side: number, height: number, width: number): MeanLook {
  const data = numbers(height * width * CHANNELS, side + 0.37);
  const map = { data, height, width, channels: CHANNELS };
  const reader = new WholeMap(() => expect.unreachable('no backend is asked'), map, null, null);
  const mean = Float32Array.from({ length: CHANNELS }, (_, c) => {
    const own = data.filter((_value, i) => i % CHANNELS === c);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const plan: SizePlan = {
    policy: { kind: 'area', side },
    source: { x: 0, y: 0, width: 640, height: 480 },
    input: { width: width * 32, height: height * 32 },
  };
  return { plan, reader, mean };
}

const weights = numbers(CLASSES * CHANNELS, 0.77).map((value) => value - 1.5);
const bias = Float32Array.of(0.5, -1, 2, 0);
const head: MeanHead = {
  choice: 'everyday',
  name: 'fake',
  backbone: 'embedded',
  classes: ['pug', 'beagle', 'toaster', 'radio'].map((name, i) => ({ name, group: i < 2 ? 'dog' : 'device' })),
  factor: (_, looks) => (looks === 2 ? 2.0291 : 1.3),
  logits: async (mean) =>
    bias.map((value, k) => mean.reduce((sum, x, c) => sum + x * (weights[k * CHANNELS + c] ?? 0), value)),
  layer: async () => ({ weights, bias }),
};
const total = (values: Iterable<number> | null) => [...(values ?? [])].reduce((sum, value) => sum + value, 0);

test.each([
  ['one look', [lookAt(300, 9, 11)]],
  ['two looks', [lookAt(300, 9, 11), lookAt(224, 7, 8)]],
])('%s: the cells’ evidence and the bias are the logit', async (_, looks) => {
  const [first, ...others] = looks;
  const answer = await answerMean(head, [first!, ...others]);
  const factor = looks.length === 2 ? 2.0291 : 1.3;
  expect(answer?.facts).toEqual({ looks: looks.map(({ plan }) => plan.policy), factor });
  const average = first!.mean.map((_value, c) => looks.reduce((sum, { mean }) => sum + mean[c]!, 0) / looks.length);
  const logits = (await head.logits(average))!.map((logit) => logit * factor);
  expect([...answer!.probabilities]).toEqual([...softmax(logits)].map((p) => expect.closeTo(p, 5)));
  for (const evidence of await answer!.explain([2, 0])) {
    expect(evidence.bins).toBeNull();
    expect(evidence.cells).toHaveLength(9 * 11);
    expect(evidence.logit).toBeCloseTo(logits[evidence.index]!, 4);
    expect(total(evidence.cells) + evidence.bias).toBeCloseTo(evidence.logit, 4);
  }
});

test('the average of several sizes is said as little as it bears', () => {
  const classes = head.classes;
  const of = (...probabilities: number[]) => ({
    probabilities: Float32Array.from(probabilities),
    classes,
    said: { kind: 'unsure' as const },
  });
  const { top, said } = bestOnAverage([of(0.9, 0.1, 0, 0), of(0, 0.6, 0.4, 0)]);
  expect(top.map(({ label }) => label).slice(0, 3)).toEqual(['pug', 'beagle', 'toaster']);
  expect(said).toMatchObject({ kind: 'group', group: 'dog' });
  expect(bestOnAverage([{ ...of(1, 0, 0, 0), said: null }]).said).toBeNull();
});
