import type { LinearLayer } from './linearModel.ts';

/** Bounds of the factor: a temperature of 50 to one of 1/50. */
const [LEAST, MOST] = [Math.log(1 / 50), Math.log(50)];

/**
 * The one temperature T that makes a head's percentages say how often they are right: softmax(logits / T) has the least log loss on photos that
 * the head did not learn from (Guo et al. 2017, §4.2). As in Platt (1999) a photo counts as its class by (N+1)/(N+2) only, so that a head which
 * is right on all of a few photos does not claim to be certain.
 * @param logits [N, K]
 * @param labels [N], true class of each
 * @returns T, 1 where there is no photo
 */
export function fitTemperature(logits: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  const count = labels.length;
  if (count === 0 || classes < 2) return 1;
  // The loss is convex in the factor 1/T: its slope rises through 0 once.
  let [low, high] = [LEAST, MOST];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(Math.exp(middle), logits, labels, classes) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** Derivative of the mean log loss with respect to the factor on the logits. */
function slopeAt(factor: number, logits: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  const count = labels.length;
  const sure = (count + 1) / (count + 2);
  const other = (1 - sure) / (classes - 1);
  let slope = 0;
  for (let i = 0; i < count; i++) {
    const row = Array.from({ length: classes }, (_, k) => logits[i * classes + k] ?? 0);
    const most = Math.max(...row);
    const powers = row.map((logit) => Math.exp(factor * (logit - most)));
    const sum = powers.reduce((a, b) => a + b, 0);
    row.forEach((logit, k) => {
      slope += ((powers[k] ?? 0) / sum - (k === labels[i] ? sure : other)) * logit;
    });
  }
  return slope / count;
}

/** A layer whose logits are divided by T; so all that is made of it says the same percentages. */
export function foldTemperature({ weights, bias }: LinearLayer, temperature: number): LinearLayer {
  return { weights: weights.map((w) => w / temperature), bias: bias.map((b) => b / temperature) };
}
