import type { FinderPhoto, FinderRequest } from '../../../core/find/model.ts';
import { imageOf } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { labelledBoxes } from './labelledBoxes.ts';
import { trainable } from './trainable.ts';

/** The request that the boxes and the settings stand for. */
export async function finderRequest(name: string): Promise<FinderRequest> {
  const state = useStore.getState();
  const { findOrder, findClasses, scenes, photos, finderSettings, finderSplit } = state;
  const asked: FinderPhoto[] = [];
  for (const id of trainable(state, findOrder).ids) {
    const { hash, perceptual } = photos.get(id) ?? {};
    const scene = scenes.get(id);
    if (!hash || !perceptual || !scene) continue;
    const boxes = labelledBoxes(scene, findClasses);
    asked.push({ id, image: await imageOf(id), hash, perceptual, boxes, complete: scene.complete });
  }
  return { name, photos: asked, settings: finderSettings, split: finderSplit };
}
