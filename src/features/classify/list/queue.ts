import { engine } from '../../../client/engineClient.ts';
import { deepHands, pooledEngine } from '../../../client/pool/pooledEngine.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import { imageOf } from '../../../client/files.ts';
import { isStale } from '../../../store/freshness.ts';
import { useStore } from '../../../store/store.ts';
import { ClassifyQueue } from './ClassifyQueue.ts';

/** The page's queue of images to classify, working on with whatever tab is open. */
export const queue = new ClassifyQueue({
  store: useStore.getState,
  async analyse(id, task, onStage) {
    const { settings, selectedId, rows } = useStore.getState();
    const image = await imageOf(id);
    // An answer does not depend on the rule (a trained head brings its own pyramid), and the paper rule does not fit
    // every size: where it does not, the panel says so, and the photo has its classes all the same.
    return pooledEngine.analyse(
      task,
      image,
      {
        ...analyseOptions(settings),
        keepForView: id === selectedId,
        thumbnail: rows[id]?.thumbnailUrl === null,
        pyramid: { ...settings.pyramid, rule: 'adaptive' },
      },
      onStage,
    );
  },
  cancel: (task) => pooledEngine.cancel(task),
  hands: deepHands,
});

/** Ids of the answers that were made with other settings than the ones chosen now. */
export function staleIds(): string[] {
  const { order, rows, settings, labels } = useStore.getState();
  return order.filter((id) => {
    const row = rows[id];
    return row?.status === 'done' && row.analysis !== null && isStale(row.analysis, settings, labels);
  });
}

/** Fetches the ImageNet labels once more and, when they come, answers again whatever has no labels. */
export async function tryLabels(files?: File[]): Promise<void> {
  const { labelsUrl } = useStore.getState().settings;
  const state = await engine.loadLabels(files ? { files } : labelsUrl ? { url: labelsUrl } : undefined);
  useStore.getState().setLabels(state);
  if (state.status === 'ready') queue.again(staleIds());
}
