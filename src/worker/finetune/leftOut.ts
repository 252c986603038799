import { applyHead, buildHead, type HeadFacts } from '../../core/head/buildHead.ts';
import type { LinearLayer } from '../../core/head/linearModel.ts';
import { type ExactOptions, heldOutFolds, solveExact } from '../../core/training/exact.ts';
import type { TrainingRequest } from '../../core/training/model.ts';
import { headVector } from './evaluateHead.ts';
import type { Prepared } from './prepare.ts';

/** Logits [N, K] with the true class of each, and how many photos they are of. */
interface JudgedPhotos {
  logits: number[];
  labels: number[];
  photos: number;
}

/** Each fold's layer lacks a tenth of the photos: with a fifth, small classes lose too much. */
const FOLDS = 10;
/** Ways of dealing the photos out. */
const ROUNDS = 2;
/** Answers that are plenty for one number. */
const PLENTY = 600;
/**
 * Photos by which layers are compared: validation photos where there are so many, else training photos. What counts are photos that are new to a layer; on
 * those of training descent lags behind most (bench `calibration`: 9.2 points of error on COCO crops when compared there, 4.2 on validation photos).
 */
const FEWEST = 10;
const COMPARED = 40;

/**
 * A layer whose logits are this much smaller or larger than the optimum's is another classifier: stopped early, or by a rate that does not suit.
 * Thirty epochs end at 0.9 to 1.2, ten at 0.7 to 0.9, five at 0.4 to 0.6 of it.
 */
const FARTHEST = 1.5;

/**
 * What heads like this one say of training photos that they have not seen: each tenth in turn is judged, by its plain views, by the exact solver's
 * layer on the others, twice over. Gradient descent ends near the solver's optimum with logits that are a little smaller or larger; the
 * answers are brought to its scale.
 * @param far whether to answer for a layer too that is far from the optimum, of which these answers say less
 * @returns null where it is far and that is not wanted
 * @throws AnysizeError as `solveExact`
 */
export async function leftOutAnswers(
  facts: HeadFacts,
  prepared: Prepared,
  layer: LinearLayer,
  { training, split }: TrainingRequest,
  weightDecay: number,
  far: boolean,
  signal: AbortSignal,
): Promise<JudgedPhotos | null> {
  const { set, photos, groups } = prepared;
  const options = {
    weightDecay,
    labelSmoothing: training.labelSmoothing,
    classWeights: training.classWeights === 'balanced' ? 'balanced' : null,
    groups,
    seed: split.seed,
  } satisfies Partial<ExactOptions>;
  const optimum = training.method === 'exact' ? layer : await solveExact(set, options, undefined, signal);
  const scale = optimum === layer ? 1 : scaleOf(facts, prepared, layer, optimum);
  if (!far && Math.abs(Math.log(scale)) > Math.log(FARTHEST)) return null;
  const views = set.train.count / Math.max(1, photos.filter(({ side }) => side === 'train').length);
  const logits: number[] = [];
  const labels: number[] = [];
  const judged = new Set<number>();
  for (let round = 0; round < ROUNDS && labels.length < PLENTY; round++) {
    const seed = split.seed + round;
    for (const fold of await heldOutFolds(set, { ...options, seed }, FOLDS, undefined, signal)) {
      fold.rows.forEach((row, i) => {
        // The first view of a photo is the plain one.
        if (row % views !== 0) return;
        judged.add(row);
        labels.push(set.train.labels[row] ?? 0);
        for (const logit of fold.logits.subarray(i * set.classes, (i + 1) * set.classes)) logits.push(logit * scale);
      });
    }
  }
  return { logits, labels, photos: judged.size };
}

/** How much longer the logits of `layer` are than those of `reference`; 1 where there is nothing to tell by. */
function scaleOf(facts: HeadFacts, { set, photos }: Prepared, layer: LinearLayer, reference: LinearLayer): number {
  const unseen = photos.filter(({ side }) => side === 'val');
  const seen = unseen.length >= FEWEST ? unseen : photos.filter(({ side }) => side === 'train').slice(0, COMPARED);
  const logitsOf = (of: LinearLayer) => {
    const head = buildHead(facts, set.normaliser, of);
    return seen.map(({ vectors: [vector = new Float32Array()] }) => applyHead(head, headVector(head, vector)).logits);
  };
  const others = logitsOf(reference);
  let [both, square] = [0, 0];
  logitsOf(layer).forEach((row, i) => {
    const other = others[i] ?? row;
    // No softmax sees what all classes have in common.
    const common = row.reduce((sum, value) => sum + value, 0) / row.length;
    const theirs = other.reduce((sum, value) => sum + value, 0) / row.length;
    row.forEach((value, k) => {
      const centred = (other[k] ?? 0) - theirs;
      both += (value - common) * centred;
      square += centred * centred;
    });
  });
  return both > 0 && square > 0 ? both / square : 1;
}
