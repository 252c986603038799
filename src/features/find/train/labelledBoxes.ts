import type { LabelledBox } from '../../../core/find/annotation.ts';
import type { FindClassRow, Scene } from '../../../core/project/findModel.ts';

/** A photo's boxes with the names of their classes; those of a class that is gone are left out. */
export function labelledBoxes({ boxes }: Scene, classes: readonly FindClassRow[]): LabelledBox[] {
  return boxes.flatMap(({ classId, box }) => {
    const row = classes.find(({ id }) => id === classId);
    return row ? [{ label: row.name, box }] : [];
  });
}
