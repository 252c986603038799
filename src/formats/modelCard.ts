import type { Metrics, SamplePrediction, Side, TrainingRun } from '../core/training/model.ts';
import { headBlocks, headFeatures } from '../core/head/headFeatures.ts';
import { headSizes } from '../core/head/headSizes.ts';
import type { HeadData } from '../core/model.ts';
import { MIDDLE_LAYER } from '../core/recipe/recipe.ts';
import { calibrationSentence } from './modelCardCalibration.ts';
import { pyramidTable } from './modelCardPyramid.ts';
import { sha256 } from '../core/sha256.ts';
import { describePolicy } from '../core/size/sizing.ts';
import { binCount } from '../core/pyramid/geometry.ts';

/** Larger confusion matrices are told by their largest entries. */
const MAX_MATRIX_CLASSES = 30;
const MAX_CONFUSIONS = 20;
/** Below this many photos a class or a measurement is called small. */
const FEW_PHOTOS = 30;

export interface CardFacts {
  run: Omit<TrainingRun, 'head'>;
  head: HeadData;
  /** Probability below which its answer is “unknown”; 0 for never. */
  unknownBelow: number;
  /** {@link dataHash} of the photos; null where not all of their hashes are known. */
  dataHash: string | null;
  /** Of the app. */
  version: string;
  /** Where the backbone's weights come from. */
  backbone: string;
}

/**
 * One hash for a set of photos, whatever their order: SHA-256 (hex) of the photos' own SHA-256 (hex), sorted, one per line.
 * `sort hashes.txt | sha256sum` gives the same.
 */
export async function dataHash(hashes: readonly string[]): Promise<string> {
  const lines = hashes.toSorted().map((hash) => `${hash}\n`);
  return sha256(new TextEncoder().encode(lines.join('')));
}

/** A model card (Mitchell et al. 2019) in markdown: what it is for, what it knows, how good it is, what it was made of. */
export function modelCard(facts: CardFacts): string {
  const { run, head } = facts;
  return (
    [
      `# Model card: ${escapeMarkdown(run.name)}`,
      `An image classifier of ${run.classes.length} classes for images of any size, trained in a browser with Anysize on ${day(run.created)}: ` +
        `${featuresInWords(head)}, a linear layer.`,
      '## Use and limits',
      limits(facts)
        .map((line) => `- ${line}`)
        .join('\n'),
      '## Classes',
      table(['Class', 'Training photos', 'Validation photos', 'Test photos'], classRows(run)),
      '## How good it is',
      ...(run.metrics
        ? measured('validation', run.metrics, run.classes)
        : ['There were no validation photos: nothing is known.']),
      ...(run.testMetrics ? measured('test', run.testMetrics, run.classes) : []),
      ...[calibrationSentence(run.calibrated)].filter((sentence) => sentence !== null),
      '## Settings',
      table(['Setting', 'Value'], settingRows(run, head)),
      ...pyramidSection(facts),
      '## Data',
      table(['', ''], dataRows(facts)),
      ...(run.notices.length > 0
        ? ['Noted while training:', run.notices.map((line) => `- ${escapeMarkdown(line)}`).join('\n')]
        : []),
      '## Versions',
      table(
        ['Part', 'Version'],
        [
          ['Anysize', escapeMarkdown(facts.version)],
          ['Backbone', escapeMarkdown(facts.backbone)],
          ['Trained on', escapeMarkdown(run.backend)],
          ['Run', escapeMarkdown(run.id)],
        ],
      ),
    ].join('\n\n') + '\n'
  );
}

function pyramidSection({ run, head }: CardFacts): string[] {
  const choice = pyramidTable(head, run.pyramidChoice);
  return choice ? ['## The pyramid', choice.words, table(choice.header, choice.rows)] : [];
}

function limits({ run, head, unknownBelow }: CardFacts): string[] {
  const smallest = Math.min(...run.classes.map((_, k) => countOf(run.predictions, 'train', k)));
  const validation = run.metrics?.count ?? 0;
  const { method, patience } = run.training;
  const endedByValidation = method === 'gradient' && run.metrics !== null && (patience !== null || run.stopped);
  return [
    'For sorting photos like those it was trained on into the classes below.',
    unknownBelow > 0
      ? `It knows these classes only. Answers of a probability below ${percent(unknownBelow)} are to be taken as “unknown”, as in the app.`
      : 'It knows these classes only: whatever it is shown, it answers with one of them. Treat answers of low probability as “unknown”.',
    `Photos are to be sized as in training: ${sizesInWords(head)}. Things that are tiny after that are lost.`,
    ...(smallest < FEW_PHOTOS
      ? [
          `The smallest class has ${photos(smallest, 'training ')}. More, and more varied ones, are the surest way to a better model.`,
        ]
      : []),
    ...(validation > 0 && validation < FEW_PHOTOS
      ? [
          `It was measured on ${photos(validation)} only; the interval given with the accuracy says how little that tells.`,
        ]
      : []),
    ...(endedByValidation
      ? ['The validation photos had a say in when training ended, so that their accuracy is a little flattering.']
      : []),
    ...(run.vectors.testSides
      ? [
          'It was measured with the probabilities of several sizes averaged; an exported model answers for one size at a time.',
        ]
      : []),
    'Photos from another place, camera or season may be answered worse than measured here. Measure on your own before you rely on it.',
    'Not for decisions about the safety, health or rights of people.',
  ];
}

function countOf(predictions: readonly SamplePrediction[], side: Side, truth: number): number {
  return predictions.filter((each) => each.side === side && each.truth === truth).length;
}

function classRows({ classes, predictions }: CardFacts['run']): string[][] {
  return classes.map((name, k) => [
    escapeMarkdown(name),
    ...(['train', 'val', 'test'] as const).map((side) => String(countOf(predictions, side, k))),
  ]);
}

function measured(side: string, metrics: Metrics, classes: readonly string[]): string[] {
  const { accuracy, perClass } = metrics;
  return [
    `### On the ${photos(metrics.count, `${side} `)}`,
    `Accuracy **${percent(accuracy.value)}** (95% interval ${percent(accuracy.low)} to ${percent(accuracy.high)}, Wilson), ` +
      `log loss ${metrics.logLoss.toFixed(3)}, expected calibration error ${percent(metrics.calibration.error)}.`,
    table(
      ['Class', 'Precision', 'Recall', 'F1', 'Photos'],
      perClass.map(({ precision, recall, f1, support }, k) => [
        escapeMarkdown(classes[k] ?? ''),
        share(precision),
        share(recall),
        share(f1),
        String(support),
      ]),
    ),
    ...confusions(metrics.confusion, classes),
  ];
}

function confusions(matrix: readonly number[][], classes: readonly string[]): string[] {
  const names = classes.map(escapeMarkdown);
  if (classes.length <= MAX_MATRIX_CLASSES) {
    const rows = matrix.map((row, k) => [names[k] ?? '', ...row.map(String)]);
    return ['Confusion matrix (rows: what it is; columns: what the model says):', table(['', ...names], rows)];
  }
  const pairs = matrix.flatMap((row, truth) =>
    row.flatMap((count, said) => (truth !== said && count > 0 ? [{ truth, said, count }] : [])),
  );
  const most = pairs.sort((a, b) => b.count - a.count).slice(0, MAX_CONFUSIONS);
  if (most.length === 0) return ['No photo was taken for another class.'];
  return [
    `Most frequent confusions (${most.length} of ${pairs.length}):`,
    table(
      ['What it is', 'What the model says', 'Photos'],
      most.map(({ truth, said, count }) => [names[truth] ?? '', names[said] ?? '', String(count)]),
    ),
  ];
}

function settingRows({ training, vectors, split, epochs }: CardFacts['run'], head: HeadData): string[][] {
  const { sqrt, l2, centre } = head.normalisation;
  const normalisation = [
    sqrt && 'square root',
    l2 === 'vector' && 'L2 over the vector',
    l2 === 'level' && 'L2 over each level',
    centre && 'training mean taken off and divided by the training RMS norm',
  ].filter((part) => part !== false);
  const sides = (list: readonly number[] | null) => (list ? `${list.join(', ')} (areas)` : 'one size, by the policy');
  const gradient = training.method === 'gradient';
  const passes = epochs.length < training.epochs ? `${epochs.length} of ${training.epochs}` : training.epochs;
  return [
    ['Size', escapeMarkdown(sizesInWords(head))],
    ...featureRows(head),
    ['Normalisation', normalisation.length > 0 ? normalisation.join(', then ') : 'none: raw vectors'],
    [
      'Augmentation',
      vectors.augmentation ? `${vectors.augmentation.views} extra views of each training photo` : 'none',
    ],
    ['Sizes in training', sides(vectors.trainSides)],
    ['Sizes in testing', sides(vectors.testSides)],
    [
      'Solver',
      gradient
        ? `${training.optimiser}, ${passes} epochs, batches of ${training.batchSize}, learning rate ${number(training.learningRate)}`
        : 'exact (L-BFGS on the Gram matrix)',
    ],
    ['Weight decay', number(training.weightDecay)],
    ...(training.labelSmoothing > 0 ? [['Label smoothing', number(training.labelSmoothing)]] : []),
    ['Class weights', training.classWeights],
    ['Split', `${percent(split.share)} of each class kept for validation, seed ${split.seed}`],
  ];
}

function featuresInWords(head: HeadData): string {
  const pyramid = head.pyramid.levels.some((n) => n > 1);
  if (headFeatures(head).kind === 'paper') return 'MobileNetV2 features (frozen), spatial pyramid pooling';
  return `MobileNetV2 features of two layers (frozen), whitened, ${pyramid ? 'with' : 'without'} a spatial pyramid`;
}

function sizesInWords(head: HeadData): string {
  return headSizes(head)
    .map(({ policy }) => describePolicy(policy))
    .join('; ');
}

function featureRows(head: HeadData): string[][] {
  const { levels, rule, pooling } = head.pyramid;
  const features = headFeatures(head);
  if (features.kind === 'paper') {
    const bins = `${binCount(levels)} bins of ${head.channels} channels`;
    return [['Pyramid', `levels ${levels.join(', ')} (${bins}), rule ${rule}, ${pooling} pooling`]];
  }
  const grids = headBlocks(head).filter(({ bins }) => bins > 1);
  const names = grids.map(({ bins, weight }) => `${Math.sqrt(bins)}×${Math.sqrt(bins)} (weight ${number(weight)})`);
  const middle = headBlocks(head).find(({ name }) => name === 'middle')?.weight ?? 0;
  return [
    [
      'Features',
      `Anysize, version ${features.version}: whitened means of the last map (weight 1), means and deviations of ${escapeMarkdown(MIDDLE_LAYER)} (weight ${number(middle)})`,
    ],
    ['Pyramid', names.length > 0 ? `${names.join(' and ')}, ${rule} rule, ${pooling} pooling` : 'none'],
  ];
}

function dataRows({ run, dataHash: hash }: CardFacts): string[][] {
  return [
    ['Photos', String(run.predictions.length)],
    ['Photos left out because they could not be read', String(run.failed.length)],
    [
      'Data hash',
      hash === null
        ? 'not known: some of the photos are gone'
        : `\`${hash}\` (SHA-256 over the sorted SHA-256 of the photos, one per line)`,
    ],
  ];
}

function photos(count: number, kind = ''): string {
  return `${count} ${kind}${count === 1 ? 'photo' : 'photos'}`;
}

function day(created: string): string {
  return escapeMarkdown(created.slice(0, 10));
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

function share(value: number | null): string {
  return value === null ? '–' : percent(value);
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

// Controls (line breaks too) and the marks that reorder or hide text.
const INVISIBLE = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A name as markdown shows it, letter for letter: no markup, link, HTML or line break can come of it. What is markup at the beginning of a line or
 * in a link only is escaped there only, so that the text reads well where nobody renders it.
 */
export function escapeMarkdown(name: string): string {
  return name
    .replace(INVISIBLE, '\uFFFD')
    .replace(/[\\`*_[\]|~@$]/g, '\\$&')
    .replace(/^(\s*)([#+\-=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(/[&<>]/g, (character) => ENTITIES[character]!);
}

/** A table of cells that are markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
