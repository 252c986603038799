import * as tf from '@tensorflow/tfjs-core';
import { binEvidence } from './explain/evidence.ts';
import type { ImageNetModel } from './imagenet.ts';
import type { ClassEvidence, ClassScore, HeadData } from './protocol.ts';
import { softmax, topIndices } from './softmax.ts';
import { applyHead } from './train/buildHead.ts';

export const TOP_COUNT = 5;

/** A head's answer for one image: every class's logit, and how to explain one of them. */
export interface Answer {
  top: ClassScore[];
  explain(index: number): Promise<ClassEvidence>;
}

function scores(logits: Float32Array, labels: readonly string[]) {
  const probabilities = softmax(logits);
  const of = (index: number): ClassScore => ({
    index,
    label: labels[index] ?? `class ${index}`,
    score: probabilities[index] ?? 0,
  });
  return { of, top: topIndices(probabilities, TOP_COUNT).map(of) };
}

/** Mean over the cells of a map [cells, channels]. */
export function meanOverCells(map: Float32Array, channels: number): Float32Array {
  const cells = map.length / channels;
  const sums = new Float64Array(channels);
  for (let cell = 0, i = 0; cell < cells; cell++) {
    for (let c = 0; c < channels; c++, i++) sums[c] = (sums[c] as number) + (map[i] as number);
  }
  return Float32Array.from(sums, (sum) => sum / cells);
}

/**
 * The ImageNet head's answer: its logits layer on the mean of the map (its own pooling is fixed at 7×7), so a cell's
 * evidence for class k is Σ_c W[k,c]·A[cell,c] / cells, and the cells' evidence plus the bias is the logit.
 * @param map feature map of the official backbone, [cells, channels]
 */
export async function answerImageNet(model: ImageNetModel, map: Float32Array, channels: number): Promise<Answer> {
  const mean = meanOverCells(map, channels);
  const output = tf.tidy(() => model.logits(tf.tensor2d(mean, [1, channels])));
  const logits = (await output.data()) as Float32Array;
  output.dispose();
  const { of, top } = scores(logits, model.labels);
  return {
    top,
    async explain(index) {
      const { weights, bias } = await model.weights();
      const count = map.length / channels;
      const cells = new Float32Array(count);
      for (let cell = 0; cell < count; cell++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) {
          sum += (weights[index * channels + c] as number) * (map[cell * channels + c] as number);
        }
        cells[cell] = sum / count;
      }
      return { ...of(index), logit: logits[index] ?? 0, bias: bias[index] ?? 0, bins: null, cells };
    },
  };
}

/** A trained head's answer on a raw (not normalised) bin-major vector. */
export function answerHead(head: HeadData, vector: Float32Array): Answer {
  const { logits } = applyHead(head, vector);
  const { of, top } = scores(logits, head.classes);
  return {
    top,
    async explain(index) {
      const bins = binEvidence(head, vector, index);
      return { ...of(index), logit: logits[index] ?? 0, bias: head.bias[index] ?? 0, bins, cells: null };
    },
  };
}
