import * as tf from '@tensorflow/tfjs-core';
import { binEvidence } from '../explain/evidence.ts';
import type { MapReader } from '../path/mapReader.ts';
import type { ClassEvidence, ClassScore, HeadData } from '../../core/model.ts';
import { softmax, topIndices } from '../../core/softmax.ts';
import type { Session } from '../session/session.ts';
import type { TiledOptions } from '../path/tiles/tiledPath.ts';
import { applyHead } from '../../core/head/buildHead.ts';

const TOP_COUNT = 5;

/** A head's answer for one image: the best classes, every class's probability, and how to explain some of them. */
export interface Answer {
  top: ClassScore[];
  probabilities: Float32Array;
  labels: readonly string[];
  explain(classes: readonly number[], options?: TiledOptions): Promise<ClassEvidence[]>;
}

/** The best classes of some probabilities. */
function best(probabilities: Float32Array, labels: readonly string[]): ClassScore[] {
  return topIndices(probabilities, TOP_COUNT).map((index) => scoreOf(probabilities, labels, index));
}

/** Best classes of the mean of several answers' probabilities (not of their logits: ARCHITECTURE.md, "Defaults"). */
export function bestOnAverage(
  answers: readonly { probabilities: Float32Array; labels: readonly string[] }[],
): ClassScore[] {
  const [first] = answers;
  if (!first) return [];
  const mean = first.probabilities.map(
    (_, k) => answers.reduce((sum, { probabilities }) => sum + (probabilities[k] ?? 0), 0) / answers.length,
  );
  return best(mean, first.labels);
}

function scoreOf(probabilities: Float32Array, labels: readonly string[], index: number): ClassScore {
  return { index, label: labels[index] ?? `class ${index}`, score: probabilities[index] ?? 0 };
}

/**
 * The ImageNet head's answer: its logits layer on the mean of the map (its own pooling is fixed at 7×7), so a cell's
 * evidence for class k is Σ_c W[k,c]·A[cell,c] / cells, and the cells' evidence plus the bias is the logit.
 * @param mean of the official backbone's map over its cells, [channels]
 * @returns null where the model is not loaded (any more)
 */
export async function answerImageNet(session: Session, mean: Float32Array, reader: MapReader): Promise<Answer | null> {
  const answered = await session.compute(async ({ imagenet }) => {
    if (!imagenet) return null;
    const output = tf.tidy(() => imagenet.logits(tf.tensor2d(mean, [1, mean.length])));
    try {
      return { labels: imagenet.labels, logits: await output.data<'float32'>() };
    } finally {
      output.dispose();
    }
  });
  if (!answered) return null;
  const { labels, logits } = answered;
  const probabilities = softmax(logits);
  return {
    top: best(probabilities, labels),
    probabilities,
    labels,
    async explain(classes, options) {
      const layer = await session.compute(async ({ imagenet }) => (imagenet ? imagenet.weights() : null));
      if (!layer) return [];
      const { channels, height, width } = reader.size;
      const row = (index: number) => layer.weights.subarray(index * channels, (index + 1) * channels);
      const projected = await reader.project('imagenet', classes, row, options);
      return classes.map((index, k) => ({
        ...scoreOf(probabilities, labels, index),
        logit: logits[index] ?? 0,
        bias: layer.bias[index] ?? 0,
        bins: null,
        cells: (projected[k] as Float32Array).map((sum) => sum / (height * width)),
      }));
    },
  };
}

/** A trained head's answer on a raw (not normalised) bin-major vector. */
export function answerHead(head: HeadData, vector: Float32Array): Answer {
  const { logits } = applyHead(head, vector);
  const probabilities = softmax(logits);
  return {
    top: best(probabilities, head.classes),
    probabilities,
    labels: head.classes,
    async explain(classes) {
      return classes.map((index) => {
        const bins = binEvidence(head, vector, index);
        const score = scoreOf(probabilities, head.classes, index);
        return { ...score, logit: logits[index] ?? 0, bias: head.bias[index] ?? 0, bins, cells: null };
      });
    },
  };
}
