import type { FindClassRow, Scene } from '../../../core/project/findModel.ts';
import type { PhotoRow } from '../../../core/project/model.ts';
import { plural, visibleName } from '../../../ui/format.ts';

export interface FindMaterial {
  findClasses: readonly FindClassRow[];
  scenes: ReadonlyMap<string, Scene>;
  photos: ReadonlyMap<string, PhotoRow>;
}

/** What a training of now would learn from. */
export interface Trainable {
  /** Photos, by id, that can be learned from: read, and with boxes or marked as complete. */
  ids: string[];
  /** Those with boxes that nobody has marked as complete. */
  unmarked: string[];
  /** How many are marked as complete. */
  complete: number;
  /** Boxes of each class, by its id. */
  boxes: Map<string, number>;
  /** Photos that wait to be read, and have boxes. */
  waiting: number;
}

/** @param order photos of the Find tab */
export function trainable({ scenes, photos }: FindMaterial, order: readonly string[]): Trainable {
  const found: Trainable = { ids: [], unmarked: [], complete: 0, boxes: new Map(), waiting: 0 };
  for (const id of order) {
    const scene = scenes.get(id);
    const photo = photos.get(id);
    if (!scene || !photo || (scene.boxes.length === 0 && !scene.complete)) continue;
    if (photo.status === 'waiting') found.waiting++;
    if (photo.status !== 'ready' || !photo.hash || !photo.perceptual) continue;
    found.ids.push(id);
    if (scene.complete) found.complete++;
    else found.unmarked.push(id);
    for (const { classId } of scene.boxes) found.boxes.set(classId, (found.boxes.get(classId) ?? 0) + 1);
  }
  return found;
}

/** Fewer boxes of a class teach nothing about what its things have in common. */
export const LEAST_BOXES = 2;

/** Why training cannot start yet, in words; null when it can. That no photo is complete is told apart: it takes one press. */
export function whyNotTrain({ findClasses }: FindMaterial, { ids, boxes, waiting }: Trainable): string | null {
  if (waiting > 0) return `${plural(waiting, 'photo')} with boxes ${waiting === 1 ? 'is' : 'are'} still being read.`;
  const boxed = findClasses.filter(({ id }) => boxes.has(id));
  if (ids.length === 0 || boxed.length === 0) return 'There is no box yet: draw one around each thing in a few photos.';
  const thin = boxed.find(({ id }) => (boxes.get(id) ?? 0) < LEAST_BOXES);
  if (thin) return `“${visibleName(thin.name)}” has one box: draw at least ${LEAST_BOXES}.`;
  return null;
}

/** Classes that a training would leave out, in words; null where there are none. */
export function leftOutWords({ findClasses }: FindMaterial, { boxes }: Trainable): string | null {
  const names = findClasses.flatMap(({ id, name }) => (boxes.has(id) ? [] : [`“${visibleName(name)}”`]));
  if (names.length === 0 || names.length === findClasses.length) return null;
  return `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no box and ${names.length === 1 ? 'is' : 'are'} left out.`;
}
