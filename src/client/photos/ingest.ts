import { useStore } from '../../store/store.ts';
import { imageOf, thumbnailUrl } from '../files.ts';
import { enginePool, pooledEngine } from '../pool/pooledEngine.ts';
import { IngestQueue } from './IngestQueue.ts';

let onReading = () => {};

/** Has something done whenever a photo is read, from whichever tab it came. */
export function wheneverReading(work: () => void): void {
  onReading = work;
}

/** The page's queue of photos to read, working on with whatever tab is open. */
export const ingestQueue = new IngestQueue({
  ingest: async (id, task) => {
    onReading();
    return pooledEngine.ingest(task, await imageOf(id));
  },
  cancel: (task) => pooledEngine.cancel(task),
  hands: enginePool,
  patch: (patches) => useStore.getState().patchPhotos(patches),
  thumbnailUrl,
  report: (progress) => useStore.getState().setReading(progress),
});

/** Reads the photos that an earlier cancel left unread, of Fine-tune and of Find. */
export function readWaiting(): void {
  const { dataset, scenes, photos } = useStore.getState();
  const ids = new Set([...dataset.members.keys(), ...scenes.keys()]);
  ingestQueue.add([...ids].filter((id) => photos.get(id)?.status === 'waiting'));
}

/** Resolves when the photos that were just added are read, or their reading was stopped. */
export function whenRead(): Promise<void> {
  if (useStore.getState().reading === null) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useStore.subscribe(({ reading }) => {
      if (reading !== null) return;
      stop();
      resolve();
    });
  });
}
