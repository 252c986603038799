import { beforeEach, expect, test, vi } from 'vitest';
import { keepFile } from '../../../client/files.ts';
import type { PhotoRow } from '../../../core/project/model.ts';
import { useStore } from '../../../store/store.ts';
import { photosOfFineTune, removeCopies } from './addToFind.ts';

vi.mock(import('../../../client/engineClient.ts'), () => ({ engine: {} }) as never);
vi.mock(import('../../../client/photos/ingest.ts'), () => ({}) as never);

const first = useStore.getInitialState();
const now = () => useStore.getState();
beforeEach(() => useStore.setState(first, true));

function row(hash: string | null, status: PhotoRow['status'] = 'ready'): PhotoRow {
  const id = keepFile(new File(['x'], 'x.jpg'));
  const facts = { name: 'x.jpg', path: 'x.jpg', bytes: 1, error: null, perceptual: null, width: 1, height: 1 };
  return { id, hash, status, thumbnailUrl: null, ...facts };
}

test('new photos that are here already, or twice among themselves, are left out again; those that were here stay', () => {
  const [old, fresh, copy, twin, unread] = [row('a'), row('b'), row('a'), row('b'), row(null, 'failed')];
  now().addScenes([old.id], [old]);
  const added = [fresh, copy, twin, unread];
  now().addScenes(
    added.map(({ id }) => id),
    added,
  );
  expect(removeCopies(added.map(({ id }) => id))).toEqual(
    new Map([
      [copy.id, old.id],
      [twin.id, fresh.id],
    ]),
  );
  expect(now().findOrder).toEqual([old.id, fresh.id, unread.id]);
  now().undoFind();
  expect(now().findOrder).toHaveLength(5);
});

test('Find takes the photos of Fine-tune that it has not and that can be read', () => {
  const [one, two, failed] = [row('a'), row('b'), row(null, 'failed')];
  const member = { classId: 'c', holdout: null };
  now().addPhotos(
    [{ id: 'c', name: 'c', colour: 0 }],
    [one, two, failed],
    new Map([one, two, failed].map(({ id }) => [id, member])),
  );
  now().addScenes([one.id]);
  expect(photosOfFineTune(now())).toEqual([two.id]);
});
