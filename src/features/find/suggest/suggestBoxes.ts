import { engine } from '../../../client/engineClient.ts';
import { findIn } from '../../../client/find/findIn.ts';
import { WorkQueue } from '../../../client/queue/WorkQueue.ts';
import { messageOf } from '../../../core/errors.ts';
import type { FinderRun } from '../../../core/find/model.ts';
import type { Scene } from '../../../core/project/findModel.ts';
import type { PhotoRow } from '../../../core/project/model.ts';
import type { Suggestion } from '../../../store/finding.ts';
import { useStore } from '../../../store/store.ts';
import { byDoubt, suggestionsOf } from './suggestionsOf.ts';

/** With boxes in fewer photos a finder knows too little to suggest any. */
export const LEAST_PHOTOS = 5;

let found = new Map<string, readonly Suggestion[]>();
let begun: FinderRun | null = null;

const queue = new WorkQueue({
  name: 'suggest',
  // Photos go through the engine one after the other anyway.
  concurrency: 1,
  cancel: (task) => void engine.cancel(task).catch(() => {}),
  tell: (progress) => begun && useStore.getState().setSuggesting(progress),
  onIdle: () => finish(),
});

type Material = {
  findOrder: readonly string[];
  scenes: ReadonlyMap<string, Scene>;
  photos: ReadonlyMap<string, PhotoRow>;
};

/** Photos that nobody has looked at yet: read, without a box and not marked as complete. */
export function untouched({ findOrder, scenes, photos }: Material): string[] {
  return findOrder.filter((id) => {
    const scene = scenes.get(id);
    return scene && scene.boxes.length === 0 && !scene.complete && photos.get(id)?.status === 'ready';
  });
}

/** Why no boxes can be suggested yet; null when they can. */
export function whyNotSuggest(state: Material & { finderRuns: readonly FinderRun[] }): string | null {
  const drawn = [...state.scenes.values()].filter(({ boxes }) => boxes.length > 0).length;
  if (drawn < LEAST_PHOTOS)
    return `Boxes are suggested once ${LEAST_PHOTOS} photos have some; ${drawn} ${drawn === 1 ? 'has' : 'have'}.`;
  if (state.finderRuns.length === 0) return 'Train once: then it suggests boxes in the other photos.';
  return untouched(state).length === 0 ? 'Every photo has boxes or is marked as complete.' : null;
}

/** Runs the newest finder over the photos without boxes; they are then shown from the most doubtful on. */
export function suggestBoxes(): void {
  const state = useStore.getState();
  const [run] = state.finderRuns;
  if (begun || !run || whyNotSuggest(state) !== null) return;
  begun = run;
  found = new Map();
  state.setFindProblem(null);
  state.setSuggestions(new Map());
  for (const id of untouched(state)) {
    queue.add(id, async (task) => {
      try {
        const { finds } = await findIn(task, run.finder, id);
        found.set(id, suggestionsOf(finds, run.finder, useStore.getState().findClasses));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'Cancelled')) {
          const { photos, setFindProblem } = useStore.getState();
          setFindProblem(`${photos.get(id)?.name ?? 'A photo'} could not be searched: ${messageOf(error)}`);
        }
        throw error;
      }
    });
  }
  queue.tellNow();
}

/** Ends the search; what was found by then is suggested. */
export function stopSuggesting(): void {
  queue.cancelAll();
  if (queue.left === 0) finish();
}

function finish(): void {
  if (!begun) return;
  begun = null;
  const { setSuggestions, setSuggesting, showScene, scenes } = useStore.getState();
  const suggestions = byDoubt([...found].filter(([id]) => scenes.get(id)?.boxes.length === 0));
  setSuggestions(suggestions);
  setSuggesting(null);
  const [first] = suggestions.keys();
  if (first !== undefined) showScene(first);
}

/** A suggestion becomes a box, as it was found or as it was corrected. */
export function acceptSuggestion(photoId: string, { id, classId, box }: Omit<Suggestion, 'probability'>): void {
  const { scenes, setBoxes, dropSuggestion } = useStore.getState();
  setBoxes(photoId, [...(scenes.get(photoId)?.boxes ?? []), { id, classId, box }]);
  dropSuggestion(photoId, id);
}

/** All suggestions of a photo become its boxes, in one step; the next photo with suggestions is shown. */
export function acceptAll(photoId: string): void {
  const { scenes, suggestions, setBoxes } = useStore.getState();
  const own = (suggestions.get(photoId) ?? []).map(({ id, classId, box }) => ({ id, classId, box }));
  setBoxes(photoId, [...(scenes.get(photoId)?.boxes ?? []), ...own]);
  passOn(photoId);
}

/** Lets go of a photo's suggestions and shows the next photo that has some. */
export function passOn(photoId: string): void {
  showNext(photoId);
  useStore.getState().dropSuggestion(photoId);
}

/** Shows the next photo with suggestions, by doubt; after the last comes the first. */
export function showNext(photoId: string): void {
  const { suggestions, showScene } = useStore.getState();
  const order = [...suggestions.keys()];
  const next = order[order.indexOf(photoId) + 1] ?? order.find((id) => id !== photoId);
  if (next !== undefined) showScene(next);
}
