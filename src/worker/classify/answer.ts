import { binEvidence } from '../explain/evidence.ts';
import type { MapReader } from '../path/mapReader.ts';
import type { ClassEvidence, ClassScore, HeadData, LogitFacts, SizePlan } from '../../core/model.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import type { BlockName } from '../../core/recipe/recipe.ts';
import { recipeEvidence } from '../../core/recipe/recipeEvidence.ts';
import { softmax, topIndices } from '../../core/softmax.ts';
import { ontoCells } from '../../core/labels/ontoCells.ts';
import { type PlainAnswer, plainAnswer } from '../../core/labels/plainAnswer.ts';
import type { MeanHead, NamedClass } from '../labels/meanHead.ts';
import type { TiledOptions } from '../path/tiles/tiledPath.ts';
import { applyHead } from '../../core/head/buildHead.ts';

const TOP_COUNT = 5;

/** A head's answer for one image: the best classes, every class's probability, and how to explain some of them. */
export interface Answer {
  top: ClassScore[];
  probabilities: Float32Array;
  classes: readonly NamedClass[];
  /** What is said of the image; null for a head trained here, whose answer is its best class. */
  said: PlainAnswer | null;
  /** Of a head on the mean. */
  facts: LogitFacts | null;
  explain(classes: readonly number[], options?: TiledOptions): Promise<ClassEvidence[]>;
}

/** What several answers say on average. */
export type AverageAnswer = Pick<Answer, 'top' | 'said'>;

/** The best classes of some probabilities. */
function best(probabilities: Float32Array, classes: readonly NamedClass[]): ClassScore[] {
  return topIndices(probabilities, TOP_COUNT).map((index) => scoreOf(probabilities, classes, index));
}

/** Best classes of the mean of several answers' probabilities (not of their logits: ARCHITECTURE.md, "Defaults"). */
export function bestOnAverage(answers: readonly Pick<Answer, 'probabilities' | 'classes' | 'said'>[]): AverageAnswer {
  const [first] = answers;
  if (!first) return { top: [], said: null };
  const mean = first.probabilities.map(
    (_, k) => answers.reduce((sum, { probabilities }) => sum + (probabilities[k] ?? 0), 0) / answers.length,
  );
  return { top: best(mean, first.classes), said: first.said && plainAnswer(mean, first.classes) };
}

function scoreOf(probabilities: Float32Array, classes: readonly NamedClass[], index: number): ClassScore {
  return { index, label: classes[index]?.name ?? `class ${index}`, score: probabilities[index] ?? 0 };
}

/** One look of a head on the mean: the whole picture's map at one size. */
export interface MeanLook {
  plan: SizePlan;
  reader: MapReader;
  /** Over the map's cells, [channels]. */
  mean: Float32Array;
}

/**
 * The answer of a head on the mean: its layer on the average of the looks' means, times the factor f that makes the percentages true. So a
 * cell's evidence for class k is f·Σ_c W[k,c]·A[cell,c] / (cells · looks), and the cells' evidence of all looks plus f·bias is the logit. It is
 * shown on the first look's cells; what another's cells say is put onto those by where they lie.
 * @param looks one or two, the one that is shown first
 * @returns null where the model is not loaded (any more)
 */
export async function answerMean(head: MeanHead, looks: readonly [MeanLook, ...MeanLook[]]): Promise<Answer | null> {
  const [shown] = looks;
  const count = looks.length === 1 ? 1 : 2;
  const mean = shown.mean.map((_, c) => looks.reduce((sum, look) => sum + (look.mean[c] ?? 0), 0) / looks.length);
  const factor = head.factor(shown.plan, count);
  const logits = (await head.logits(mean))?.map((logit) => logit * factor);
  if (!logits) return null;
  const { classes } = head;
  const probabilities = softmax(logits);
  return {
    top: best(probabilities, classes),
    probabilities,
    classes,
    said: plainAnswer(probabilities, classes),
    facts: { looks: looks.map(({ plan }) => plan.policy), factor },
    async explain(asked, options) {
      const layer = await head.layer();
      if (!layer) return [];
      const row = (index: number) => layer.weights.subarray(index * mean.length, (index + 1) * mean.length);
      const cells = asked.map(() => new Float64Array(shown.reader.size.height * shown.reader.size.width));
      for (const { reader } of looks) {
        const share = factor / (reader.size.height * reader.size.width * looks.length);
        const projected = await reader.project(head.choice, asked, row, options);
        projected.forEach((map, k) => {
          ontoCells(map, reader.size, shown.reader.size).forEach((value, cell) => {
            const sums = cells[k] as Float64Array;
            sums[cell] = (sums[cell] ?? 0) + value * share;
          });
        });
      }
      return asked.map((index, k) => ({
        ...scoreOf(probabilities, classes, index),
        logit: logits[index] ?? 0,
        bias: (layer.bias[index] ?? 0) * factor,
        bins: null,
        cells: Float32Array.from(cells[k] ?? []),
      }));
    },
  };
}

/** A trained head's answer on the vector that it takes: raw and bin-major, or the recipe's. */
export function answerHead(head: HeadData, vector: Float32Array): Answer {
  const { logits } = applyHead(head, vector);
  const probabilities = softmax(logits);
  const classes = head.classes.map((name) => ({ name }));
  return {
    top: best(probabilities, classes),
    probabilities,
    classes,
    said: null,
    facts: null,
    async explain(asked) {
      return asked.map((index) => {
        const { bins, blocks } = evidenceOf(head, vector, index);
        const score = scoreOf(probabilities, classes, index);
        return { ...score, logit: logits[index] ?? 0, bias: head.bias[index] ?? 0, bins, blocks, cells: null };
      });
    },
  };
}

/** Each bin's share of a logit in the head's pyramid, and under the recipe each block's: its bins', or the middle layer's, which has no place. */
function evidenceOf(
  head: HeadData,
  vector: Float32Array,
  index: number,
): Pick<ClassEvidence, 'bins' | 'blocks'> & { bins: Float32Array } {
  if (headFeatures(head).kind === 'paper') return { bins: binEvidence(head, vector, index), blocks: null };
  const { blocks } = recipeEvidence(head, vector, index);
  const shares = (name: BlockName) => blocks.find((block) => block.name === name)?.bins ?? [];
  return {
    bins: Float32Array.from([...shares('four'), ...shares('two'), ...shares('whole')]),
    blocks: blocks.map(({ name, weight, total }) => ({ name, weight, total })),
  };
}
