import { nextName } from '../../../core/nextName.ts';
import type { DrawnBox, FindClassRow, Scene } from '../../../core/project/findModel.ts';
import type { PlacedBoxes } from '../../../formats/boxes/placeBoxes.ts';
import { changeFindSet, type FindPatch, type FindSet, findClassNamed, freshColour } from '../../../store/findScenes.ts';

export interface MergedBoxes {
  /** One step; null where nothing was new. */
  patch: FindPatch | null;
  /** Boxes that came, and those that were here already, at the same place and of the same class. */
  added: number;
  already: number;
  classes: readonly FindClassRow[];
  /** Photos that no file called complete or not, and that boxes came for: they are taken to be. */
  assumed: readonly string[];
}

/** Boxes of files put to those that are here. Classes are told by their names; new ones get a colour of their own. */
export function mergeBoxes(set: FindSet, placed: PlacedBoxes['photos']): MergedBoxes {
  const classes = [...set.findClasses];
  const classOf = (label: string): string => {
    const known = findClassNamed(classes, label);
    if (known) return known.id;
    const row = { id: nextName('find-class'), name: label.trim(), colour: freshColour(classes) };
    classes.push(row);
    return row.id;
  };
  const scenes = new Map<string, Scene>();
  const assumed: string[] = [];
  let [added, already] = [0, 0];
  for (const [photo, { boxes, complete }] of placed) {
    const before = set.scenes.get(photo);
    // It went while its boxes were read.
    if (!before) continue;
    const drawn: DrawnBox[] = [...before.boxes];
    for (const { label, box } of boxes) {
      const classId = classOf(label);
      if (
        drawn.some(
          (one) =>
            one.classId === classId && one.box.every((value, side) => Math.abs(value - (box[side] ?? NaN)) < 1e-3),
        )
      ) {
        already++;
        continue;
      }
      drawn.push({ id: crypto.randomUUID(), classId, box });
      added++;
    }
    if (complete === undefined) assumed.push(photo);
    scenes.set(photo, { boxes: drawn, complete: complete ?? true });
  }
  const fresh = classes.slice(set.findClasses.length);
  const changes = fresh.length > 0 ? { classes, scenes } : { scenes };
  return { patch: changeFindSet('import boxes', set, changes), added, already, classes: fresh, assumed };
}
