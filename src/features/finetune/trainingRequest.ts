import type { RunBasis } from '../../core/project/model.ts';
import type { TrainingRequest, TrainingSample } from '../../core/training/model.ts';
import { useStore } from '../../store/store.ts';
import { imageOf } from '../../client/files.ts';
import { currentTrainingSet } from './trainingSet.ts';

/** Why training cannot start yet, in words; null when it can. */
export function whyNotTrain(state = useStore.getState()): string | null {
  if (state.keeping === 'following') return 'Another tab has this project open: train there, or take over here.';
  const { perClass, waiting } = currentTrainingSet(state);
  const filled = [...perClass.values()].filter(({ usable }) => usable > 0).length;
  if (waiting > 0 && state.reading) return 'Photos are still being read.';
  if (filled < 2) return 'Training needs at least two classes with photos.';
  const thin = [...perClass.values()].some(({ usable }) => usable === 1);
  return thin ? 'Each class needs at least two photos: one to learn from, one to check with.' : null;
}

/** The request that the set and the options stand for, and what it was made from. Classes without a usable photo are left out. */
export async function makeRequest(name: string): Promise<{ request: TrainingRequest; basis: RunBasis }> {
  const state = useStore.getState();
  const { dataset, photos, splitOptions, vectorOptions, trainingOptions } = state;
  const { perClass, usable } = currentTrainingSet(state);
  const classes = dataset.classes.filter(({ id }) => (perClass.get(id)?.usable ?? 0) > 0);
  const samples: TrainingSample[] = [];
  const members = new Map<string, { classId: string; holdout: TrainingSample['holdout'] | null }>();
  for (const [classIndex, { id: classId }] of classes.entries()) {
    for (const id of perClass.get(classId)?.ids ?? []) {
      const photo = photos.get(id);
      if (!usable.has(id) || !photo?.hash || !photo.perceptual) continue;
      const holdout = dataset.members.get(id)?.holdout ?? null;
      members.set(id, { classId, holdout });
      const { hash, perceptual } = photo;
      samples.push({
        id,
        classIndex,
        hash,
        perceptual,
        ...(holdout && { holdout }),
        image: await imageOf(id),
      });
    }
  }
  return {
    request: {
      name,
      classes: classes.map((row) => row.name),
      samples,
      split: splitOptions,
      vectors: vectorOptions,
      training: trainingOptions,
    },
    basis: {
      classes: classes.map(({ id, name }) => ({ id, name })),
      members: new Map([...members].map(([id, { classId, holdout }]) => [id, { classId, holdout: holdout ?? null }])),
    },
  };
}
