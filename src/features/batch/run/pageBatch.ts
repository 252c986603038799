import { engine } from '../../../client/engineClient.ts';
import { deepHands, pooledEngine } from '../../../client/pool/pooledEngine.ts';
import { toImageInput } from '../../../client/imageInput.ts';
import { BatchDatabase } from '../../../storage/batch/BatchDatabase.ts';
import { useStore } from '../../../store/store.ts';
import { BatchSession } from './BatchSession.ts';

/** The page's batch, working on with whatever tab is open. */
export const pageBatch = new BatchSession({
  state: useStore.getState,
  engine: {
    async analyse(task, file, options) {
      // No key: the engine keeps nothing of a photo that is done.
      return pooledEngine.analyse(task, await toImageInput(file, file.name), options);
    },
    cancel: (task) => pooledEngine.cancel(task),
    hands: deepHands,
    loadLabels() {
      const { labelsUrl } = useStore.getState().settings;
      return engine.loadLabels(labelsUrl ? { url: labelsUrl } : undefined, true);
    },
  },
  openDatabase: () => BatchDatabase.open(),
});
