import type { ClassRow, Member } from '../core/project/model.ts';
import type { Side } from '../core/training/model.ts';

/** What a person has arranged: the classes in order, and the class of each photo (by photo id). */
export interface Dataset {
  classes: readonly ClassRow[];
  members: ReadonlyMap<string, Member>;
}

/** What a step changes, as it was and as it is then. */
export interface Change<T> {
  before: T;
  after: T;
}

/** One undoable step, as what it changes. */
export interface Patch {
  /** For people: "move 3 photos". */
  what: string;
  classes: Change<readonly ClassRow[]> | null;
  members: ReadonlyMap<string, Change<Member | null>>;
}

export const EMPTY_DATASET: Dataset = { classes: [], members: new Map() };

/** The dataset after a step, or before it when `direction` is `before`. */
export function applyPatch(dataset: Dataset, patch: Patch, direction: 'before' | 'after'): Dataset {
  const members = applyChanges(dataset.members, patch.members, direction);
  return { classes: patch.classes?.[direction] ?? dataset.classes, members };
}

/** The entries with some changed; null is no entry. */
export function applyChanges<T extends object>(
  entries: ReadonlyMap<string, T>,
  changes: ReadonlyMap<string, Change<T | null>>,
  direction: 'before' | 'after',
): Map<string, T> {
  const changed = new Map(entries);
  for (const [id, change] of changes) {
    const entry = change[direction];
    if (entry) changed.set(id, entry);
    else changed.delete(id);
  }
  return changed;
}

function classesPatch(what: string, { classes }: Dataset, after: readonly ClassRow[]): Patch {
  return { what, classes: { before: classes, after }, members: new Map() };
}

function membersPatch(what: string, { members }: Dataset, after: ReadonlyMap<string, Member | null>): Patch | null {
  const changes = new Map<string, Change<Member | null>>();
  for (const [id, member] of after) {
    const before = members.get(id) ?? null;
    if (before?.classId !== member?.classId || before?.holdout !== member?.holdout) {
      changes.set(id, { before, after: member });
    }
  }
  return changes.size > 0 ? { what, classes: null, members: changes } : null;
}

function photos(count: number): string {
  return count === 1 ? '1 photo' : `${count} photos`;
}

/** Ids of the photos of a class, in the order in which they came. */
export function membersOf({ members }: Dataset, classId: string): string[] {
  const ids: string[] = [];
  for (const [id, member] of members) if (member.classId === classId) ids.push(id);
  return sortByArrival(ids);
}

function arrival(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1));
}

/** Sorts photo ids ("image-12") in place by their number, which undo and redo leave as it was. Mostly they are sorted already. */
export function sortByArrival(ids: string[]): string[] {
  let before = -Infinity;
  const sorted = ids.every((id) => {
    const number = arrival(id);
    const inOrder = number > before;
    before = number;
    return inOrder;
  });
  return sorted ? ids : ids.sort((a, b) => arrival(a) - arrival(b));
}

/** Adds classes at the end, and photos to classes old or new, as one step. */
export function addToDataset(
  dataset: Dataset,
  added: readonly ClassRow[],
  members: ReadonlyMap<string, Member>,
): Patch | null {
  if (added.length === 0 && members.size === 0) return null;
  const what = members.size > 0 ? `add ${photos(members.size)}` : 'add a class';
  const patch = classesPatch(what, dataset, [...dataset.classes, ...added]);
  return { ...patch, members: membersPatch(what, dataset, members)?.members ?? new Map() };
}

/** Null where another class has the name: two classes of one name cannot be told apart. */
export function renameClass(dataset: Dataset, id: string, name: string): Patch | null {
  if (dataset.classes.some((row) => row.id !== id && row.name === name)) return null;
  return changeClass('rename a class', dataset, id, { name });
}

export function recolourClass(dataset: Dataset, id: string, colour: number): Patch | null {
  return changeClass('colour a class', dataset, id, { colour });
}

function changeClass(what: string, dataset: Dataset, id: string, changes: Partial<ClassRow>): Patch | null {
  const row = dataset.classes.find((one) => one.id === id);
  if (!row) return null;
  const after = { ...row, ...changes };
  if (after.name === row.name && after.colour === row.colour) return null;
  return classesPatch(
    what,
    dataset,
    dataset.classes.map((one) => (one.id === id ? after : one)),
  );
}

/** Moves a class to a place in the list, 0 the first. */
export function reorderClass(dataset: Dataset, id: string, to: number): Patch | null {
  const from = dataset.classes.findIndex((one) => one.id === id);
  const row = dataset.classes[from];
  const place = Math.max(0, Math.min(dataset.classes.length - 1, to));
  if (!row || place === from) return null;
  const rest = dataset.classes.toSpliced(from, 1);
  return classesPatch('move a class', dataset, rest.toSpliced(place, 0, row));
}

/** All photos of `from` go to `into`, and `from` goes. */
export function mergeClasses(dataset: Dataset, from: string, into: string): Patch | null {
  const both = [from, into].every((id) => dataset.classes.some((row) => row.id === id));
  if (!both || from === into) return null;
  const what = 'merge two classes';
  const moved = moveMembers(dataset, membersOf(dataset, from), into);
  const left = dataset.classes.filter((row) => row.id !== from);
  return { ...classesPatch(what, dataset, left), members: moved?.members ?? new Map() };
}

/** A class goes, with its photos. */
export function deleteClass(dataset: Dataset, id: string): Patch | null {
  if (!dataset.classes.some((row) => row.id === id)) return null;
  const what = 'delete a class';
  const gone = removeMembers(dataset, membersOf(dataset, id));
  const left = dataset.classes.filter((row) => row.id !== id);
  return { ...classesPatch(what, dataset, left), members: gone?.members ?? new Map() };
}

export function moveMembers(dataset: Dataset, ids: readonly string[], classId: string): Patch | null {
  const after = new Map<string, Member>();
  for (const id of ids) {
    const member = dataset.members.get(id);
    if (member) after.set(id, { ...member, classId });
  }
  return membersPatch(`move ${photos(after.size)}`, dataset, after);
}

export function removeMembers(dataset: Dataset, ids: readonly string[]): Patch | null {
  const after = new Map<string, null>();
  for (const id of ids) if (dataset.members.has(id)) after.set(id, null);
  return membersPatch(`remove ${photos(after.size)}`, dataset, after);
}

/** Marks photos as training, validation or test photos; null leaves it to the split. */
export function markMembers(dataset: Dataset, ids: readonly string[], holdout: Side | null): Patch | null {
  const after = new Map<string, Member>();
  for (const id of ids) {
    const member = dataset.members.get(id);
    if (member) after.set(id, { ...member, holdout });
  }
  return membersPatch(`mark ${photos(after.size)}`, dataset, after);
}
