import type { FindErrorKind, FinderMetrics, FinderRun } from '../../../core/find/model.ts';
import { plural, visibleName, wholePercent } from '../../../ui/format.ts';

/** How many things a run found on the photos kept aside, at each class's best threshold. */
export interface Found {
  truth: number;
  found: number;
  falseAlarms: number;
}

/** @param classIndex of one class; of all where it is absent */
export function foundOf({ classes, errors }: FinderMetrics, classIndex?: number): Found {
  const asked = classes.filter((_, k) => classIndex === undefined || k === classIndex);
  const own = errors.filter((error) => classIndex === undefined || error.classIndex === classIndex);
  const truth = asked.reduce((sum, one) => sum + one.truth, 0);
  const missed = own.filter(({ kind }) => kind === 'missed').length;
  return { truth, found: truth - missed, falseAlarms: own.length - missed };
}

/** "Finds 47 of 52 “raccoon” in 60 photos it had never seen, 3 false alarms." */
export function headlineWords({
  metrics,
  heldOut,
  classes,
}: Pick<FinderRun, 'metrics' | 'heldOut' | 'classes'>): string {
  if (!metrics || heldOut.length === 0) return 'No photo was kept aside: how good it is cannot be told.';
  const { truth, found, falseAlarms } = foundOf(metrics);
  const photos = `${plural(heldOut.length, 'photo')} it had never seen`;
  const alarms = falseAlarms === 0 ? 'no false alarm' : plural(falseAlarms, 'false alarm');
  if (truth === 0) return `The ${photos} had no thing to find; ${alarms}.`;
  const what = classes.length === 1 ? `“${visibleName(classes[0] ?? '')}”` : truth === 1 ? 'thing' : 'things';
  return `Finds ${found} of ${truth} ${what} in ${photos}, ${alarms}.`;
}

/** The kinds of mistakes in the order in which they are shown. */
export const ERROR_KINDS: readonly { kind: FindErrorKind; name: string; says: string }[] = [
  { kind: 'missed', name: 'Missed', says: 'A true box that nothing found.' },
  {
    kind: 'localisation',
    name: 'Badly placed',
    says: 'On the right thing, but the box fits it by less than half (IoU 0.1 to 0.5).',
  },
  { kind: 'duplicate', name: 'Found twice', says: 'A second box on a thing that was found already.' },
  {
    kind: 'similar class',
    name: 'Similar class',
    says: 'On a thing of the class that this one is confused with most, as these photos show it.',
  },
  { kind: 'other class', name: 'Other class', says: 'On a thing of another class.' },
  { kind: 'background', name: 'Background', says: 'On nothing that has a box.' },
];

/** Cells that a window is pooled from are this many pixels of the photo as the model sees it: the finest map's stride. */
export function finestCell({ maps }: Pick<FinderRun['settings'], 'maps'>): number {
  return maps.includes('middle') ? 16 : 32;
}

/** Photos with at least so many things are crowds. */
const CROWD = 5;
/** With fewer true boxes a number is rough. */
const FEW = 30;
/** Loose where so much of the AP is lost between IoU 0.5 and 0.75. */
const LOOSE = 0.7;

/** What this run is weak at, one plain sentence each. Empty where nothing was measured. */
export function weakSpots({
  metrics,
  results,
  settings,
  heldOut,
}: Pick<FinderRun, 'metrics' | 'results' | 'settings' | 'heldOut'>): string[] {
  if (!metrics) return [];
  const spots: string[] = [];
  const missed = new Set(
    metrics.errors.filter(({ kind }) => kind === 'missed').map(({ photo, box }) => `${photo} ${box.join()}`),
  );
  const cell = finestCell(settings);
  const truth = results.flatMap(({ id, size, truth: boxes }) => {
    const scale = settings.side / Math.min(size.width, size.height);
    return boxes.map(({ box }) => ({
      small: scale * Math.min(box[2] - box[0], box[3] - box[1]) < cell,
      crowd: boxes.length >= CROWD,
      missed: missed.has(`${id} ${box.join()}`),
    }));
  });
  const ofMissed = (some: typeof truth) => some.filter((one) => one.missed).length;
  const small = truth.filter((one) => one.small);
  if (small.length > 0) {
    spots.push(
      `Small things: ${ofMissed(small)} of ${small.length} that are shorter than one cell of the map (${cell} of ${settings.side} px) were missed. A longer side in Details sees them larger.`,
    );
  }
  const { map50, map75 } = metrics;
  if (map50 !== null && map75 !== null && map75 < LOOSE * map50) {
    spots.push(
      `Loose boxes: with an overlap of 75 % asked for, AP is ${wholePercent(map75)}; with half it is ${wholePercent(map50)}. Do not measure with these boxes.`,
    );
  }
  const crowd = truth.filter((one) => one.crowd);
  if (ofMissed(crowd) > 0) {
    spots.push(
      `Crowds: ${ofMissed(crowd)} of ${crowd.length} things in photos with ${CROWD} or more were missed. Boxes that overlap by more than ${wholePercent(settings.suppression)} count as one.`,
    );
  }
  if (truth.length < FEW) {
    spots.push(
      `Few to measure on: ${plural(truth.length, 'true box', 'true boxes')} in ${plural(heldOut.length, 'photo')}. These numbers are rough; more photos with boxes make them firm.`,
    );
  }
  return spots;
}
