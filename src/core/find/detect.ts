import type { Size } from '../model.ts';
import { type Box, boxArea, clipBox } from './boxes.ts';
import { applyOffsets } from './boxRegression.ts';
import type { Find, FinderClass } from './model.ts';
import { plattProbability } from './platt.ts';
import type { FinderSettings } from './settings.ts';
import { suppress, voteBoxes } from './suppression.ts';

/** What the windows of a photo got. */
export interface ScoredWindows {
  boxes: readonly Box[];
  /** Per class, one for each box. */
  scores: readonly ArrayLike<number>[];
  /** Per class, (tx, ty, tw, th) for each box; null where boxes stay as they are. */
  offsets: readonly (ArrayLike<number> | null)[];
}

type Answering = Pick<FinderSettings, 'windows' | 'suppression' | 'most' | 'voting'>;

/**
 * Finds of a photo, best first: of each class the best windows, regressed and clipped; of those that overlap the best one stays, and lies where
 * the vote of its neighbours puts it.
 *
 * @param threshold finds with a lower score are left out
 */
export function detect(
  { boxes, scores, offsets }: ScoredWindows,
  photo: Size,
  classes: readonly Pick<FinderClass, 'name' | 'platt'>[],
  { windows, suppression, most, voting }: Answering,
  threshold = -Infinity,
): Find[] {
  const finds = classes.flatMap(({ name, platt }, classIndex): Find[] => {
    const own = scores[classIndex] ?? [];
    const moves = offsets[classIndex];
    const best = boxes
      .map((_, i) => i)
      .sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b)
      .slice(0, windows)
      .flatMap((i) => {
        const box = boxes[i] as Box;
        const offset = (k: number) => moves?.[4 * i + k] ?? 0;
        const moved = moves
          ? applyOffsets(box, [offset(0), offset(1), offset(2), offset(3)], photo)
          : clipBox(box, photo);
        return boxArea(moved) > 0 ? [{ box: moved, score: own[i] ?? 0 }] : [];
      });
    const moved = best.map(({ box }) => box);
    const values = best.map(({ score }) => score);
    const kept = suppress(moved, values, suppression, most).filter((i) => (values[i] ?? 0) >= threshold);
    const placed = voting ? voteBoxes(moved, values, kept) : kept.map((i) => moved[i] as Box);
    return placed.map((box, n) => {
      const score = values[kept[n] ?? 0] ?? 0;
      return { label: name, classIndex, score, probability: plattProbability(platt, score), box };
    });
  });
  return finds.sort((a, b) => b.score - a.score);
}
