import type { RunRow } from '../../../store/training.ts';

/** A run with other ids for its photos and classes. */
export function withIds(run: RunRow, photo: (id: string) => string, ofClass: (id: string) => string): RunRow {
  return {
    ...run,
    predictions: run.predictions.map((prediction) => ({ ...prediction, id: photo(prediction.id) })),
    failed: run.failed.map((one) => ({ ...one, id: photo(one.id) })),
    basis: {
      classes: run.basis.classes.map((row) => ({ ...row, id: ofClass(row.id) })),
      members: new Map(
        [...run.basis.members].map(([id, member]) => [photo(id), { ...member, classId: ofClass(member.classId) }]),
      ),
    },
  };
}
