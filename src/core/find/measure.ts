import { averagePrecision, type PrecisionRecall, type ScoredBoxes } from './averagePrecision.ts';
import { bestOverlap, type Box } from './boxes.ts';
import type { ClassMetrics, Find, FindError, FinderMetrics, PhotoFinds } from './model.ts';

/** IoU 0.5, 0.55 … 0.95, as COCO takes the mean over. */
const THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, i) => 0.5 + 0.05 * i);
/** A find that overlaps a true box of its class by this, and not enough, is badly placed (Hoiem et al. 2012). */
const NEAR = 0.1;

const truthOf = (photos: readonly PhotoFinds[], label: string): Box[][] =>
  photos.map(({ truth }) => truth.flatMap((one) => (one.label === label ? [one.box] : [])));

const findsOf = (photos: readonly PhotoFinds[], classIndex: number): Find[][] =>
  photos.map(({ finds }) => finds.filter((find) => find.classIndex === classIndex));

const scored = (finds: readonly Find[]): ScoredBoxes => ({
  boxes: finds.map(({ box }) => box),
  scores: finds.map(({ score }) => score),
});

/** AP of one class at one IoU. */
export function classAp(photos: readonly PhotoFinds[], name: string, classIndex: number, iou = 0.5): PrecisionRecall {
  return averagePrecision(truthOf(photos, name), findsOf(photos, classIndex).map(scored), iou);
}

/** How good finds are, against the true boxes of photos. */
export function measureFinds(photos: readonly PhotoFinds[], classes: readonly string[]): FinderMetrics {
  const all = classes.map((name, classIndex): ClassMetrics => {
    const aps = THRESHOLDS.map((iou) => classAp(photos, name, classIndex, iou));
    const half = aps[0] as PrecisionRecall;
    const curve = half.matches.map(({ score }, i) => ({
      score,
      precision: half.precision[i] ?? 0,
      recall: half.recall[i] ?? 0,
    }));
    return {
      name,
      truth: truthOf(photos, name).reduce((sum, boxes) => sum + boxes.length, 0),
      ap50: half.ap,
      ap75: aps[5]?.ap ?? null,
      ap: half.ap === null ? null : meanOf(aps.map(({ ap }) => ap)),
      ...bestF1(curve),
      curve,
    };
  });
  return {
    classes: all,
    map50: meanOf(all.map(({ ap50 }) => ap50)),
    map75: meanOf(all.map(({ ap75 }) => ap75)),
    map: meanOf(all.map(({ ap }) => ap)),
    errors: tellSimilar(
      all.flatMap((metrics, classIndex) => errorsOf(photos, metrics, classIndex, classes)),
      classes.length,
    ),
  };
}

/** Mean of what is known; null where nothing is. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** Halfway to the next lower score, so that rounding does not push the last right find out. */
function bestF1(curve: ClassMetrics['curve']): { threshold: number; f1: number } {
  let best = { threshold: 0, f1: 0 };
  curve.forEach(({ score, precision, recall }, i) => {
    const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    if (f1 > best.f1) best = { threshold: (score + Math.max(curve[i + 1]?.score ?? score, score - 0.2)) / 2, f1 };
  });
  return best;
}

/** Mistakes of one class from its threshold on, and true boxes that no find has. */
function errorsOf(
  photos: readonly PhotoFinds[],
  { name, threshold }: ClassMetrics,
  classIndex: number,
  classes: readonly string[],
): FindError[] {
  const shown = photos.map(({ finds, ...photo }) => ({
    ...photo,
    finds: finds.filter((find) => find.classIndex === classIndex && find.score >= threshold),
  }));
  const truth = truthOf(photos, name);
  const { matches } = classAp(shown, name, classIndex);
  const errors: FindError[] = [];
  const found = truth.map((boxes) => boxes.map(() => false));
  for (const match of matches) {
    const photo = shown[match.photo];
    const find = photo?.finds[match.index];
    if (!photo || !find) continue;
    const free = found[match.photo];
    if (match.truth >= 0) {
      if (free) free[match.truth] = true;
      continue;
    }
    const own = bestOverlap(find.box, truth[match.photo] ?? []).iou;
    const others = photo.truth.filter(({ label }) => label !== name);
    const other = bestOverlap(
      find.box,
      others.map(({ box }) => box),
    );
    const kind =
      own >= 0.5 ? 'duplicate' : own >= NEAR ? 'localisation' : other.iou >= NEAR ? 'other class' : 'background';
    const lies = kind === 'other class' ? { other: classes.indexOf(others[other.index]?.label ?? '') } : {};
    errors.push({ kind, photo: photo.id, classIndex, box: find.box, score: find.score, ...lies });
  }
  truth.forEach((boxes, photo) =>
    boxes.forEach((box, i) => {
      const id = shown[photo]?.id;
      if (id !== undefined && !found[photo]?.[i])
        errors.push({ kind: 'missed', photo: id, classIndex, box, score: null });
    }),
  );
  return errors;
}

/** Fewer mistakes between two classes are chance. */
const LEAST_CONFUSED = 2;

/**
 * Hoiem et al. (2012) know which classes are alike; of a person's classes nobody does. So it is read off the mistakes: a class's similar class is
 * the one that it is confused with most, either way round, twice at least and more often than with any other. Only of three classes or more: of
 * two, each is the other's only choice.
 */
function tellSimilar(errors: FindError[], classes: number): FindError[] {
  if (classes < 3) return errors;
  const confused = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { classIndex, other } of errors) {
    if (other === undefined) continue;
    for (const [a, b] of [
      [classIndex, other],
      [other, classIndex],
    ] as const) {
      const row = confused[a];
      if (row) row[b] = (row[b] ?? 0) + 1;
    }
  }
  const similar = confused.map((row) => {
    const most = Math.max(...row);
    return most >= LEAST_CONFUSED && row.filter((count) => count === most).length === 1 ? row.indexOf(most) : -1;
  });
  return errors.map((error) =>
    error.kind === 'other class' && similar[error.classIndex] === error.other
      ? { ...error, kind: 'similar class' as const }
      : error,
  );
}
