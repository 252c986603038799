import { type Dataset, sortByArrival } from './dataset.ts';

/** A picture that stands in more than one class: only a person can say where it belongs. */
export interface Conflict {
  hash: string;
  /** One photo per class that holds it, in order of arrival. */
  places: { classId: string; photoId: string }[];
}

export interface Duplicates {
  /** Copies of a photo that stands in the same class already; they are left out. */
  copies: ReadonlySet<string>;
  conflicts: readonly Conflict[];
  /** Every photo of a conflict: left out until it is solved. */
  disputed: ReadonlySet<string>;
}

/**
 * Byte-identical photos of a dataset.
 * @param hashOf content hash of a photo; null while it is not known
 */
export function findDuplicates(dataset: Dataset, hashOf: (photoId: string) => string | null): Duplicates {
  const byHash = new Map<string, Map<string, string[]>>();
  for (const [id, { classId }] of dataset.members) {
    const hash = hashOf(id);
    if (hash === null) continue;
    const classes = byHash.get(hash) ?? new Map<string, string[]>();
    byHash.set(hash, classes);
    const ids = classes.get(classId);
    if (ids) ids.push(id);
    else classes.set(classId, [id]);
  }
  const copies = new Set<string>();
  const disputed = new Set<string>();
  const conflicts: Conflict[] = [];
  for (const [hash, classes] of byHash) {
    const places: Conflict['places'] = [];
    for (const [classId, ids] of classes) {
      const [first, ...rest] = sortByArrival(ids);
      for (const id of rest) copies.add(id);
      if (first !== undefined) places.push({ classId, photoId: first });
    }
    if (places.length < 2) continue;
    for (const ids of classes.values()) for (const id of ids) disputed.add(id);
    const order = sortByArrival(places.map(({ photoId }) => photoId));
    places.sort((a, b) => order.indexOf(a.photoId) - order.indexOf(b.photoId));
    conflicts.push({ hash, places });
  }
  return { copies, conflicts, disputed };
}
