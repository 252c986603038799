import type { FinderProgress, RoundPoint } from '../../../core/find/model.ts';
import { count, plural, wait } from '../../../ui/format.ts';

/** One stage of a training, as it is listed. */
export interface Stage {
  name: string;
  state: 'done' | 'now' | 'to come';
  /** What it has brought or is at; empty before. */
  says: string;
  /** Share of this stage, 0…1. */
  fraction: number;
}

type Place = 'maps' | `round ${number}` | 'regressor' | 'measuring' | 'all photos';

/** Where a report stands in the course of a training. */
function placeOf(progress: FinderProgress | null): Place {
  switch (progress?.phase) {
    case 'reading':
      return 'maps';
    case 'round':
      return `round ${progress.round}`;
    case 'rounded':
      return `round ${progress.point.round}`;
    default:
      return progress?.phase ?? 'maps';
  }
}

const roundName = (round: number) => (round === 0 ? 'First answer' : `Hard negatives, round ${round}`);

/**
 * The stages of a training in order.
 * @param rounds of hard negatives
 * @param measured whether photos are kept aside: without, nothing is measured and there are no photos to learn from afterwards
 */
export function stagesOf(
  progress: FinderProgress | null,
  points: readonly RoundPoint[],
  rounds: number,
  measured: boolean,
): Stage[] {
  const here = placeOf(progress);
  const places: { place: Place; name: string }[] = [
    { place: 'maps', name: 'Maps and proposals' },
    ...Array.from({ length: rounds + 1 }, (_, round) => ({ place: `round ${round}` as const, name: roundName(round) })),
    { place: 'regressor', name: 'Box regressor' },
    ...(measured
      ? ([
          { place: 'measuring', name: 'Measuring' },
          { place: 'all photos', name: 'Learning from the photos kept aside, too' },
        ] as const)
      : []),
  ];
  // The regressor is learned once more after all photos: no stage goes back.
  const last = points.length > rounds ? places.findIndex(({ place }) => place === 'regressor') : 0;
  const now = Math.max(
    last,
    places.findIndex(({ place }) => place === here),
  );
  return places.map(({ place, name }, i) => {
    const state = i < now ? 'done' : i === now ? 'now' : 'to come';
    const point = points.find(({ round }) => place === `round ${round}`);
    const finished = progress?.phase === 'rounded' && i === now;
    return {
      name,
      state: finished ? 'done' : state,
      says: point ? pointWords(point) : state === 'now' ? nowWords(progress) : '',
      fraction: state === 'done' || finished ? 1 : state === 'now' ? fractionOf(progress) : 0,
    };
  });
}

function pointWords({ round, positives, negatives, added }: RoundPoint): string {
  if (round === 0) return `${plural(positives, 'positive')}, ${plural(negatives, 'negative')}`;
  return added === 0 ? 'nothing new that was mistaken' : `${plural(added, 'negative')} added`;
}

function fractionOf(progress: FinderProgress | null): number {
  if (!progress || progress.phase === 'rounded') return 0;
  if (progress.phase === 'reading') return (progress.maps + progress.proposals) / 2 / Math.max(1, progress.total);
  // Windows are taken in first, then the SVM is solved.
  if (progress.phase === 'round') return (progress.step === 'windows' ? 0 : 0.5) + progress.fraction / 2;
  return progress.fraction;
}

function nowWords(progress: FinderProgress | null): string {
  switch (progress?.phase) {
    case 'reading': {
      const { maps, total, secondsLeft } = progress;
      const left = secondsLeft === null || secondsLeft <= 0 ? '' : `, ${wait(secondsLeft)} left`;
      return `photo ${count(Math.min(total, maps + 1))} of ${count(total)}${left}`;
    }
    case 'round':
      return progress.step === 'windows' ? 'looking at windows' : 'solving the SVM';
    default:
      return '';
  }
}

/** Share of the whole training that is done, and the stage that it is at, in words. Reading the photos is taken for half of it. */
export function overall(stages: readonly Stage[]): { words: string; fraction: number } {
  const [reading, ...learning] = stages;
  const now = stages.find(({ state }) => state === 'now') ?? stages.findLast(({ state }) => state === 'done');
  const rest = learning.reduce((sum, { fraction }) => sum + fraction, 0) / Math.max(1, learning.length);
  const says = now?.says ? `: ${now.says}` : '';
  return { words: `${now?.name ?? ''}${says}`, fraction: 0.5 * (reading?.fraction ?? 0) + 0.5 * rest };
}
