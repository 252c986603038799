import { engine } from './engineClient.ts';
import { nextName } from '../core/nextName.ts';
import { AnysizeError, messageOf } from '../core/errors.ts';
import { FEATURE_CHOICES } from '../core/training/features.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../core/training/defaults.ts';
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
} from '../core/training/model.ts';
import { toImageInput } from './imageInput.ts';
import { toPolicy } from '../core/size/sizing.ts';
import { type Schedule, type ScheduleKind, SCHEDULES } from '../core/training/schedule.ts';

/** Photos by class name. Where two names are equal, JavaScript has kept the later. */
export type LabelledBlobs = Record<string, Blob[]>;

/** The tab's options, in their groups or without: `{epochs: 10}` is `{training: {epochs: 10}}`. */
export interface ConsoleTrainingOptions
  extends Partial<SplitOptions>, Partial<VectorOptions>, Partial<TrainingOptions> {
  name?: string;
  split?: Partial<SplitOptions>;
  vectors?: Partial<VectorOptions>;
  training?: Partial<TrainingOptions>;
}

/** Options stand in `options` or beside the classes. */
export interface ConsoleTraining extends ConsoleTrainingOptions {
  classes: LabelledBlobs;
  options?: ConsoleTrainingOptions;
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

const STRATEGIES: Strategy[] = ['crop', 'warp', 'mean', 'spp', 'plain', 'auto'];

const sampleId = (classIndex: number, index: number) => `${classIndex}/${index}`;

const GROUPS = { split: DEFAULT_SPLIT, vectors: DEFAULT_VECTORS, training: DEFAULT_TRAINING };

/**
 * The tab's defaults with what is asked for.
 * @throws AnysizeError `BadArgument` for a name that no option has: a misspelt one would train something else in silence
 */
export function consoleOptions(options: ConsoleTrainingOptions): Pick<TrainingRequest, keyof typeof GROUPS> {
  const known = Object.values(GROUPS).flatMap((group) => Object.keys(group));
  const pick = <Group extends object>(defaults: Group, name: keyof typeof GROUPS): Group => {
    const inGroup = Object.entries(options[name] ?? {});
    const loose = Object.entries(options).filter(([key]) => Object.hasOwn(defaults, key));
    const wrong = inGroup.find(([key]) => !Object.hasOwn(defaults, key));
    if (wrong) throw unknownOption(`${name}.${wrong[0]}`, Object.keys(defaults));
    return { ...defaults, ...Object.fromEntries([...loose, ...inGroup].filter(([, value]) => value !== undefined)) };
  };
  const stray = Object.keys(options).find(
    (key) => key !== 'name' && !Object.hasOwn(GROUPS, key) && !known.includes(key),
  );
  if (stray !== undefined) throw unknownOption(stray, ['name', ...known]);
  const vectors = { ...pick(DEFAULT_VECTORS, 'vectors'), features: featuresAskedFor(options) };
  oneOf('features', vectors.features, FEATURE_CHOICES);
  const training = pick(DEFAULT_TRAINING, 'training');
  oneOf('method', training.method, ['gradient', 'exact']);
  oneOf('optimiser', training.optimiser, ['adam', 'sgd']);
  oneOf('classWeights', training.classWeights, ['none', 'balanced']);
  const schedule: Partial<Schedule> =
    typeof training.schedule === 'string' ? { kind: training.schedule } : training.schedule;
  const { kind } = schedule;
  oneOf('schedule', kind, Object.keys(SCHEDULES));
  return {
    split: pick(DEFAULT_SPLIT, 'split'),
    // Names alone stand for their usual numbers, as elsewhere in the console.
    vectors: { ...vectors, policy: toPolicy(vectors.policy) },
    training: { ...training, schedule: { ...SCHEDULES[kind as ScheduleKind], ...schedule } as Schedule },
  };
}

/** A pyramid or a normalisation means the paper's features, unless others are named: the app's own have none to choose. */
function featuresAskedFor({ features, pyramid, normalisation, vectors, training }: ConsoleTrainingOptions) {
  const asked = vectors?.features ?? features;
  if (asked !== undefined) return asked;
  const ofPaper = vectors?.pyramid ?? pyramid ?? training?.normalisation ?? normalisation;
  return ofPaper === undefined ? DEFAULT_VECTORS.features : ('paper' as const);
}

function oneOf(name: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  throw new AnysizeError('BadArgument', `${name} is one of ${known.join(', ')}; got ${String(value)}`);
}

function unknownOption(name: string, known: readonly string[]): AnysizeError {
  return new AnysizeError('BadArgument', `there is no option "${name}"; the options are ${known.join(', ')}`);
}

/** @throws AnysizeError `BadArgument` unless there are two classes or more, each a list */
export function checkClasses(classes: unknown): asserts classes is LabelledBlobs {
  const wanted = 'classes wants at least two classes, for instance {cat: [blob…], dog: [blob…]}';
  if (typeof classes !== 'object' || classes === null || Object.keys(classes).length < 2) {
    throw new AnysizeError('BadArgument', wanted);
  }
  for (const [name, list] of Object.entries(classes)) {
    if (!Array.isArray(list)) throw new AnysizeError('BadArgument', `${wanted}; "${name}" is no list`);
  }
}

/** Samples without the pictures that stand in several classes, and how many those are: only a person can say where they belong. */
export function withoutConflicts(samples: readonly TrainingSample[]): { kept: TrainingSample[]; disputed: number } {
  const classesOf = new Map<string, Set<number>>();
  for (const { hash, classIndex } of samples) {
    classesOf.set(hash, (classesOf.get(hash) ?? new Set<number>()).add(classIndex));
  }
  const kept = samples.filter(({ hash }) => classesOf.get(hash)?.size === 1);
  return { kept, disputed: [...classesOf.values()].filter(({ size }) => size > 1).length };
}

/** Reads the photos as the fine-tuning tab does: unreadable ones are left out, byte-identical ones of a class kept once, those of several classes left out. */
async function toRequest(classes: LabelledBlobs, options: ConsoleTrainingOptions) {
  checkClasses(classes);
  const chosen = consoleOptions(options);
  const names = Object.keys(classes);
  const samples: TrainingSample[] = [];
  const unread: { id: string; message: string }[] = [];
  for (const [classIndex, name] of names.entries()) {
    const seen = new Set<string>();
    for (const [index, blob] of (classes[name] ?? []).entries()) {
      const id = sampleId(classIndex, index);
      if (!(blob instanceof Blob)) {
        unread.push({ id, message: `“${name} ${index + 1}” is no Blob or File.` });
        continue;
      }
      try {
        const image = await toImageInput(blob, blob instanceof File ? blob.name : `${name} ${index + 1}`);
        const { hash, perceptual } = await engine.ingest(nextName('console-ingest'), image);
        if (!seen.has(hash)) samples.push({ id, classIndex, hash, perceptual, image });
        seen.add(hash);
      } catch (error) {
        unread.push({ id, message: messageOf(error) });
      }
    }
  }
  const { kept, disputed } = withoutConflicts(samples);
  const request: TrainingRequest = {
    name: options.name ?? 'console',
    classes: names,
    samples: kept,
    ...chosen,
  };
  const notice =
    disputed === 0
      ? []
      : [
          `${disputed} ${disputed === 1 ? 'picture stands' : 'pictures stand'} in several classes and ${disputed === 1 ? 'is' : 'are'} left out.`,
        ];
  return { request, unread, notice };
}

/**
 * Trains a head on labelled photos, with the fine-tuning tab's own defaults and code.
 * @throws AnysizeError `BadArgument` for fewer than two classes, a class without a readable photo, or an option that there is not
 */
export async function trainFromConsole(
  asked: ConsoleTraining,
  onProgress?: (progress: TrainingProgress) => void,
): Promise<ConsoleRun> {
  const { classes, options, ...beside } = asked ?? {};
  const { request, unread, notice } = await toRequest(classes, { ...beside, ...options });
  const run = await engine.train(nextName('console-train'), request, onProgress);
  run.failed.push(...unread);
  run.notices.push(...notice);
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
  asked: ConsoleTraining & { strategies?: Strategy[]; seeds?: number[] },
  onProgress?: (progress: ComparisonProgress) => void,
): Promise<Comparison> {
  const { classes, strategies = STRATEGIES, seeds = [1, 2, 3, 4, 5], options, ...beside } = asked ?? {};
  for (const strategy of strategies) oneOf('a strategy', strategy, STRATEGIES);
  const { request } = await toRequest(classes, { ...beside, ...options });
  return engine.compare(nextName('console-compare'), request, strategies, seeds, onProgress);
}
