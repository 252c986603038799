import type { DrawnBox, FindClassRow, Scene } from '../core/project/findModel.ts';
import { applyChanges, type Change } from './dataset.ts';

/** What a person has made in the Find tab: the classes in order, and the boxes of each photo (by photo id). */
export interface FindSet {
  findClasses: readonly FindClassRow[];
  scenes: ReadonlyMap<string, Scene>;
}

/** One undoable step, as what it changes. */
export interface FindPatch {
  /** For people: "draw a box". */
  what: string;
  classes: Change<readonly FindClassRow[]> | null;
  scenes: ReadonlyMap<string, Change<Scene | null>>;
}

export interface FindHistory {
  undo: readonly FindPatch[];
  redo: readonly FindPatch[];
}

export const EMPTY_SCENE: Scene = { boxes: [], complete: false };

/** The set after a step, or before it when `direction` is `before`. */
export function applyFindPatch(set: FindSet, patch: FindPatch, direction: 'before' | 'after'): FindSet {
  return {
    findClasses: patch.classes?.[direction] ?? set.findClasses,
    scenes: patch.scenes.size > 0 ? applyChanges(set.scenes, patch.scenes, direction) : set.scenes,
  };
}

/** Several changes at once as one step; null where nothing changes. Scenes that are null go. */
export function changeFindSet(
  what: string,
  set: FindSet,
  { classes, scenes = new Map() }: { classes?: readonly FindClassRow[]; scenes?: ReadonlyMap<string, Scene | null> },
): FindPatch | null {
  const changes = new Map<string, Change<Scene | null>>();
  for (const [id, after] of scenes) {
    const before = set.scenes.get(id) ?? null;
    if (!sameScene(before, after)) changes.set(id, { before, after });
  }
  if (!classes && changes.size === 0) return null;
  return { what, classes: classes ? { before: set.findClasses, after: classes } : null, scenes: changes };
}

function sameScene(a: Scene | null, b: Scene | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.complete !== b.complete || a.boxes.length !== b.boxes.length) return false;
  return a.boxes.every(({ id, classId, box }, i) => {
    const other = b.boxes[i];
    return other?.id === id && other.classId === classId && box.every((value, side) => value === other.box[side]);
  });
}

function photos(count: number): string {
  return count === 1 ? '1 photo' : `${count} photos`;
}

/** Photos that are in Find already stay as they are. */
export function addScenes(set: FindSet, ids: readonly string[]): FindPatch | null {
  const fresh = ids.filter((id) => !set.scenes.has(id));
  return changeFindSet(`add ${photos(fresh.length)}`, set, { scenes: new Map(fresh.map((id) => [id, EMPTY_SCENE])) });
}

export function removeScenes(set: FindSet, ids: readonly string[]): FindPatch | null {
  return changeFindSet(`remove ${photos(ids.length)}`, set, { scenes: new Map(ids.map((id) => [id, null])) });
}

/** The boxes of one photo, in place of those it has; boxes of a class that is gone are left out. */
export function setBoxes(set: FindSet, photoId: string, boxes: readonly DrawnBox[]): FindPatch | null {
  const scene = set.scenes.get(photoId);
  if (!scene) return null;
  const known = new Set(set.findClasses.map(({ id }) => id));
  const kept = boxes.filter(({ classId }) => known.has(classId));
  const what =
    kept.length > scene.boxes.length
      ? 'draw a box'
      : kept.length < scene.boxes.length
        ? 'remove a box'
        : 'change a box';
  return changeFindSet(what, set, { scenes: new Map([[photoId, { ...scene, boxes: kept }]]) });
}

export function setComplete(set: FindSet, photoId: string, complete: boolean): FindPatch | null {
  const scene = set.scenes.get(photoId);
  if (!scene) return null;
  const what = complete ? 'mark a photo as complete' : 'mark a photo as not complete';
  return changeFindSet(what, set, { scenes: new Map([[photoId, { ...scene, complete }]]) });
}

/** The class of this name, spaces around it aside. */
export function findClassNamed(classes: readonly FindClassRow[], name: string): FindClassRow | undefined {
  const wanted = name.trim();
  return classes.find((row) => row.name === wanted);
}

/** The first place in the palette that no class has, so that two look alike as late as can be. */
export function freshColour(classes: readonly FindClassRow[]): number {
  const taken = new Set(classes.map(({ colour }) => colour));
  let colour = 0;
  while (taken.has(colour)) colour++;
  return colour;
}

/** Null for a name that is empty or that a class has. */
export function addFindClass(set: FindSet, id: string, name: string): FindPatch | null {
  const { findClasses } = set;
  if (name.trim() === '' || findClassNamed(findClasses, name)) return null;
  const row = { id, name: name.trim(), colour: freshColour(findClasses) };
  return changeFindSet('add a class', set, { classes: [...findClasses, row] });
}

/** Null for a name that is empty or that another class has: two classes of one name cannot be told apart. */
export function renameFindClass(set: FindSet, id: string, name: string): FindPatch | null {
  const other = findClassNamed(set.findClasses, name);
  if (name.trim() === '' || (other && other.id !== id)) return null;
  return changeRow('rename a class', set, id, { name: name.trim() });
}

export function recolourFindClass(set: FindSet, id: string, colour: number): FindPatch | null {
  return changeRow('colour a class', set, id, { colour });
}

function changeRow(what: string, set: FindSet, id: string, changes: Partial<FindClassRow>): FindPatch | null {
  const row = set.findClasses.find((one) => one.id === id);
  if (!row) return null;
  const after = { ...row, ...changes };
  if (after.name === row.name && after.colour === row.colour) return null;
  return changeFindSet(what, set, { classes: set.findClasses.map((one) => (one.id === id ? after : one)) });
}

/** A class goes, with its boxes; their photos stay. */
export function deleteFindClass(set: FindSet, id: string): FindPatch | null {
  if (!set.findClasses.some((row) => row.id === id)) return null;
  return changeFindSet('delete a class', set, {
    classes: set.findClasses.filter((row) => row.id !== id),
    scenes: scenesWith(set, id, (boxes) => boxes.filter(({ classId }) => classId !== id)),
  });
}

/** All boxes of `from` become boxes of `into`, and `from` goes. */
export function mergeFindClasses(set: FindSet, from: string, into: string): FindPatch | null {
  const both = [from, into].every((id) => set.findClasses.some((row) => row.id === id));
  if (!both || from === into) return null;
  return changeFindSet('merge two classes', set, {
    classes: set.findClasses.filter((row) => row.id !== from),
    scenes: scenesWith(set, from, (boxes) =>
      boxes.map((one) => (one.classId === from ? { ...one, classId: into } : one)),
    ),
  });
}

/** The scenes that hold a box of a class, with other boxes. */
function scenesWith(
  { scenes }: FindSet,
  classId: string,
  change: (boxes: readonly DrawnBox[]) => readonly DrawnBox[],
): Map<string, Scene> {
  const changed = new Map<string, Scene>();
  for (const [id, scene] of scenes) {
    if (scene.boxes.some((one) => one.classId === classId)) changed.set(id, { ...scene, boxes: change(scene.boxes) });
  }
  return changed;
}

/** Boxes of each class, by id, over all photos. */
export function boxCounts({ scenes }: Pick<FindSet, 'scenes'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { boxes } of scenes.values()) {
    for (const { classId } of boxes) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  }
  return counts;
}
