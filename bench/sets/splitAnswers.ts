import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../src/core/training/defaults.ts';
import type { Side, TrainingSample } from '../../src/core/training/model.ts';
import type { AnysizeEngine } from '../../src/worker/engine.ts';
import type { PhotoSet } from './photoSet.ts';

/** What a head says of a photo that it has not learned from. */
export interface Answer {
  photo: string;
  right: boolean;
  /** As the head says it, and as it would have without its temperature. */
  after: number;
  before: number;
}

/** Photos as the page takes them in. */
export async function samplesOf(engine: AnysizeEngine, set: PhotoSet): Promise<TrainingSample[]> {
  const samples: TrainingSample[] = [];
  for (const [i, { name, blob, classIndex }] of set.photos.entries()) {
    const id = `${set.name} ${i}`;
    const image = { blob, name, key: id };
    const { hash, perceptual } = await engine.ingest(id, image);
    samples.push({ id, classIndex, hash, perceptual, image });
  }
  return samples;
}

/** A share of each class's photos, marked as tests: no part of training and none of its temperature. */
export function withTests(samples: readonly TrainingSample[], share: number, seed: number): TrainingSample[] {
  const random = createRandom(seed);
  const tests = new Set<string>();
  for (const classIndex of new Set(samples.map((sample) => sample.classIndex))) {
    const own = random.shuffle(samples.filter((sample) => sample.classIndex === classIndex));
    for (const { id } of own.slice(0, Math.round(share * own.length))) tests.add(id);
  }
  return samples.map((sample) => (tests.has(sample.id) ? { ...sample, holdout: 'test' as const } : sample));
}

/** Trains as the page does with its defaults, and answers for the photos of one side. */
export async function answersOf(
  engine: AnysizeEngine,
  { name, classes }: PhotoSet,
  samples: TrainingSample[],
  split: { share: number; seed: number },
  side: Side,
): Promise<Answer[]> {
  const run = await engine.train(name, {
    name,
    classes: [...classes],
    samples,
    split,
    vectors: DEFAULT_VECTORS,
    training: DEFAULT_TRAINING,
  });
  const temperature = run.calibrated?.temperature ?? 1;
  return run.predictions
    .filter((prediction) => prediction.side === side)
    .map(({ id, predicted, truth, probabilities }) => {
      // One view of each photo: its probabilities are softmax(logits / T), so their T-th powers are softmax(logits).
      const powers = probabilities.map((p) => p ** temperature);
      return {
        photo: id,
        right: predicted === truth,
        after: Math.max(...probabilities),
        before: Math.max(...powers) / powers.reduce((sum, value) => sum + value, 0),
      };
    });
}
