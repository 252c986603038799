import { engine } from './client.ts';
import { AnysizeError, messageOf } from './errors.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from './finetune/defaults.ts';
import type {
  Comparison,
  ComparisonProgress,
  SplitOptions,
  Strategy,
  TrainingOptions,
  TrainingProgress,
  TrainingRequest,
  TrainingRun,
  TrainingSample,
  VectorOptions,
} from './finetune/protocol.ts';
import { toImageInput } from './imageInput.ts';

/** Photos by class name. Where two names are equal, JavaScript has kept the later. */
export type LabelledBlobs = Record<string, Blob[]>;

export interface ConsoleTrainingOptions {
  name?: string;
  split?: Partial<SplitOptions>;
  vectors?: Partial<VectorOptions>;
  training?: Partial<TrainingOptions>;
}

export interface ConsoleRun {
  run: TrainingRun;
  /** On the validation photos; null where there is none. */
  accuracy: number | null;
  /** [true class][predicted class] counts on the validation photos. */
  confusion: number[][];
  /** One per photo that could be read: its class, its place in that class's list, and the answer. */
  predictions: {
    className: string;
    index: number;
    side: string;
    predicted: string;
    probabilities: number[];
  }[];
}

const STRATEGIES: Strategy[] = ['crop', 'warp', 'mean', 'spp'];
let tasks = 0;

const sampleId = (classIndex: number, index: number) => `${classIndex}/${index}`;

/** Reads the photos as the fine-tuning tab does: unreadable ones are left out, byte-identical ones of a class kept once. */
async function toRequest(classes: LabelledBlobs, options: ConsoleTrainingOptions) {
  const names = Object.keys(classes);
  if (names.length < 2) {
    throw new AnysizeError(
      'BadArgument',
      'classes wants at least two classes, for instance {cat: [blob…], dog: [blob…]}',
    );
  }
  const samples: TrainingSample[] = [];
  const unread: { id: string; message: string }[] = [];
  for (const [classIndex, name] of names.entries()) {
    const seen = new Set<string>();
    for (const [index, blob] of (classes[name] ?? []).entries()) {
      const id = sampleId(classIndex, index);
      try {
        const image = await toImageInput(blob, blob instanceof File ? blob.name : `${name} ${index + 1}`);
        const { hash, perceptual } = await engine.ingest(`console-ingest-${++tasks}`, image);
        if (!seen.has(hash)) samples.push({ id, classIndex, hash, perceptual, image });
        seen.add(hash);
      } catch (error) {
        unread.push({ id, message: messageOf(error) });
      }
    }
  }
  const request: TrainingRequest = {
    name: options.name ?? 'console',
    classes: names,
    samples,
    split: { ...DEFAULT_SPLIT, ...options.split },
    vectors: { ...DEFAULT_VECTORS, ...options.vectors },
    training: { ...DEFAULT_TRAINING, ...options.training },
  };
  return { request, unread };
}

/**
 * Trains a head on labelled photos, with the fine-tuning tab's own defaults and code.
 * @throws AnysizeError `BadArgument` for fewer than two classes or a class without a readable photo
 */
export async function trainFromConsole(
  { classes, options = {} }: { classes: LabelledBlobs; options?: ConsoleTrainingOptions },
  onProgress?: (progress: TrainingProgress) => void,
): Promise<ConsoleRun> {
  const { request, unread } = await toRequest(classes, options);
  const run = await engine.train(`console-train-${++tasks}`, request, onProgress);
  run.failed.push(...unread);
  const predictions = run.predictions.map(({ id, side, truth, predicted, probabilities }) => ({
    className: run.classes[truth] ?? '',
    index: Number(id.split('/')[1]),
    side,
    predicted: run.classes[predicted] ?? '',
    probabilities,
  }));
  return { run, accuracy: run.metrics?.accuracy.value ?? null, confusion: run.metrics?.confusion ?? [], predictions };
}

/** "Is SPP worth it on my photos?", as the fine-tuning tab asks it. */
export async function compareFromConsole(
  {
    classes,
    strategies = STRATEGIES,
    seeds = [1, 2, 3, 4, 5],
    options = {},
  }: { classes: LabelledBlobs; strategies?: Strategy[]; seeds?: number[]; options?: ConsoleTrainingOptions },
  onProgress?: (progress: ComparisonProgress) => void,
): Promise<Comparison> {
  const { request } = await toRequest(classes, options);
  return engine.compare(`console-compare-${++tasks}`, request, strategies, seeds, onProgress);
}
