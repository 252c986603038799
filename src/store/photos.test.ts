import type { Member, PhotoRow } from '../core/project/model.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { deleteClass, moveMembers, removeMembers, renameClass } from './dataset.ts';
import { fileOf, keepFile } from '../client/files.ts';
import { MAX_HISTORY } from './photos.ts';
import { useStore } from './store.ts';

const first = useStore.getInitialState();
const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});

beforeEach(() => {
  revoke.mockClear();
  useStore.setState(first, true);
});

function photo(id: string): PhotoRow {
  return {
    id,
    name: `${id}.jpg`,
    path: `${id}.jpg`,
    bytes: 1,
    status: 'ready',
    error: null,
    hash: id,
    perceptual: [0, 0],
    width: 1,
    height: 1,
    thumbnailUrl: `blob:${id}`,
  };
}

/** Two classes and `count` photos in the first; returns their ids. */
function fill(count: number): string[] {
  const ids = Array.from({ length: count }, (_, i) => keepFile(new File(['x'], `${i}.jpg`)));
  const members = new Map<string, Member>(ids.map((id) => [id, { classId: 'class-a', holdout: null }]));
  const classes = ['a', 'b'].map((name, i) => ({ id: `class-${name}`, name, colour: i }));
  useStore.getState().addPhotos(classes, ids.map(photo), members);
  return ids;
}
const classOf = (id: string) => useStore.getState().dataset.members.get(id)?.classId;

test('steps are undone and redone in order, and a new step forgets what was undone', () => {
  const [id = ''] = fill(1);
  const { edit, undo, redo } = useStore.getState();
  edit((set) => moveMembers(set, [id], 'class-b'));
  edit((set) => renameClass(set, 'class-b', '__proto__'));
  undo();
  undo();
  expect(classOf(id)).toBe('class-a');
  redo();
  expect(classOf(id)).toBe('class-b');
  edit((set) => renameClass(set, 'class-a', 'x'));
  redo();
  expect(useStore.getState().dataset.classes.map(({ name }) => name)).toEqual(['x', 'b']);
});

test('adding folders is one step: undo takes classes and photos away, redo brings them back as they were read', () => {
  const [id = ''] = fill(3);
  const { undo, redo } = useStore.getState();
  undo();
  expect([useStore.getState().dataset.classes.length, useStore.getState().dataset.members.size]).toEqual([0, 0]);
  expect(revoke).not.toHaveBeenCalled();
  redo();
  expect(useStore.getState().dataset.members.size).toBe(3);
  expect(useStore.getState().photos.get(id)?.thumbnailUrl).toBe(`blob:${id}`);
});

test('a step that changes nothing is no step', () => {
  const [id = ''] = fill(1);
  const before = useStore.getState().undoStack;
  useStore.getState().edit((set) => moveMembers(set, [id], 'class-a'));
  expect(useStore.getState().undoStack).toBe(before);
});

test('what goes is no longer open or selected', () => {
  const ids = fill(2);
  const { openClass, selectPhotos, edit } = useStore.getState();
  openClass('class-a');
  selectPhotos(new Set(ids));
  edit((set) => removeMembers(set, ids.slice(0, 1)));
  expect([...useStore.getState().selectedPhotos]).toEqual(ids.slice(1));
  edit((set) => deleteClass(set, 'class-a'));
  expect(useStore.getState().openClassId).toBeNull();
  expect(useStore.getState().selectedPhotos.size).toBe(0);
});

test('a photo that no step can bring back gives up its file and thumbnail, others keep theirs', () => {
  const [gone = '', kept = ''] = fill(2);
  const { edit } = useStore.getState();
  edit((set) => removeMembers(set, [gone]));
  for (let i = 0; i <= MAX_HISTORY; i++) edit((set) => renameClass(set, 'class-b', `name ${i}`));
  expect(useStore.getState().undoStack).toHaveLength(MAX_HISTORY);
  expect(revoke.mock.calls).toEqual([[`blob:${gone}`]]);
  expect([fileOf(gone), fileOf(kept) instanceof File]).toEqual([undefined, true]);
});
