import { Throttle } from '../../../core/tasks/Throttle.ts';
import { policyPixels } from '../../../core/size/sizing.ts';
import { engine } from '../../../client/engineClient.ts';
import { useStore } from '../../../store/store.ts';
import { makeRequest } from '../trainingRequest.ts';
import { currentTrainingSet } from '../trainingSet.ts';
import { type EarlyProgress, EarlyVectors } from './EarlyVectors.ts';

let latest: EarlyProgress | null = null;
const throttle = new Throttle(() => {
  const { early, setEarly, setSecondsPerPixel, vectorOptions } = useStore.getState();
  if (early === latest) return;
  setEarly(latest);
  if (!latest?.secondsLeft || latest.done >= latest.total) return;
  setSecondsPerPixel(latest.secondsLeft / (latest.total - latest.done) / policyPixels(vectorOptions.policy));
});

const early = new EarlyVectors({
  wanted: () => {
    const state = useStore.getState();
    if (state.job || state.keeping === 'following' || state.keeping === 'opening') return null;
    const { usable } = currentTrainingSet(state);
    return { options: JSON.stringify([state.vectorOptions, state.splitOptions]), photos: usable };
  },
  request: async () => (await makeRequest('early vectors')).request,
  prepare: (task, request, onProgress) => engine.prepare(task, request, onProgress),
  cancel: (task) => void engine.cancel(task).catch(() => {}),
  tell: (progress) => {
    latest = progress;
    throttle.soon();
  },
});

let watching = false;

/** From now on the vectors that a training would need are made before it is asked for; a second call changes nothing. */
export function prepareEarly(): void {
  if (watching) return;
  watching = true;
  early.look();
  useStore.subscribe((state, before) => {
    if (state.job && !before.job) early.stop();
    const keys = ['dataset', 'photos', 'vectorOptions', 'splitOptions', 'job', 'keeping'] as const;
    if (keys.some((key) => state[key] !== before[key])) early.look();
  });
}
