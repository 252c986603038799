import { imageOf, thumbnailUrl } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { engine } from '../../../client/engineClient.ts';
import { prepareEarly } from '../train/prepareEarly.ts';
import { IngestQueue } from './IngestQueue.ts';

/** The page's queue of photos to read, working on with whatever tab is open. */
export const ingestQueue = new IngestQueue({
  ingest: async (id, task) => {
    // Photos may come from another tab: their vectors are made without Fine-tune having been opened.
    prepareEarly();
    return engine.ingest(task, await imageOf(id));
  },
  cancel: (task) => void engine.cancel(task).catch(() => {}),
  patch: (patches) => useStore.getState().patchPhotos(patches),
  thumbnailUrl,
  report: (progress) => useStore.getState().setReading(progress),
});

/** Reads the photos that an earlier cancel left unread. */
export function readWaiting(): void {
  const { dataset, photos } = useStore.getState();
  ingestQueue.add([...dataset.members.keys()].filter((id) => photos.get(id)?.status === 'waiting'));
}
