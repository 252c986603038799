import type { PhotoRow } from '../../core/project/model.ts';
import { type Dataset, sortByArrival } from '../../store/dataset.ts';
import { type Duplicates, findDuplicates } from '../../store/duplicates.ts';
import { useStore } from '../../store/store.ts';

export interface ClassCounts {
  /** All photos of the class, in order of arrival. */
  ids: string[];
  usable: number;
  waiting: number;
  failed: number;
  copies: number;
}

/** What training would use of the dataset, and what it would leave out and why. */
export interface TrainingSet {
  ids: string[];
  perClass: ReadonlyMap<string, ClassCounts>;
  usable: ReadonlySet<string>;
  failed: string[];
  waiting: number;
  duplicates: Duplicates;
}

export function trainingSetOf(dataset: Dataset, photos: ReadonlyMap<string, PhotoRow>): TrainingSet {
  const duplicates = findDuplicates(dataset, (id) => photos.get(id)?.hash ?? null);
  const perClass = new Map<string, ClassCounts>();
  for (const { id } of dataset.classes) perClass.set(id, { ids: [], usable: 0, waiting: 0, failed: 0, copies: 0 });
  const usable = new Set<string>();
  const failed: string[] = [];
  const ids: string[] = [];
  let waiting = 0;
  for (const [id, { classId }] of dataset.members) {
    const counts = perClass.get(classId);
    const photo = photos.get(id);
    if (!counts || !photo) continue;
    ids.push(id);
    counts.ids.push(id);
    if (photo.status === 'waiting') {
      counts.waiting++;
      waiting++;
    } else if (photo.status === 'failed') {
      counts.failed++;
      failed.push(id);
    } else if (duplicates.copies.has(id)) counts.copies++;
    else if (!duplicates.disputed.has(id)) {
      counts.usable++;
      usable.add(id);
    }
  }
  sortByArrival(ids);
  for (const counts of perClass.values()) sortByArrival(counts.ids);
  return { ids, perClass, usable, failed, waiting, duplicates };
}

let last: { dataset: Dataset; photos: ReadonlyMap<string, PhotoRow>; set: TrainingSet } | null = null;

/** The training set of the store as it is now; computed once for each state of the photos. */
export function currentTrainingSet({ dataset, photos } = useStore.getState()): TrainingSet {
  if (last?.dataset !== dataset || last.photos !== photos) {
    last = { dataset, photos, set: trainingSetOf(dataset, photos) };
  }
  return last.set;
}

export function useTrainingSet(): TrainingSet {
  return useStore(currentTrainingSet);
}
