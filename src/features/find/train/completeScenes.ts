import type { Scene } from '../../../core/project/findModel.ts';
import { changeFindSet, type FindPatch, type FindSet } from '../../../store/findScenes.ts';

/** Marks photos as complete, in one step. */
export function completeScenes(set: FindSet, ids: readonly string[]): FindPatch | null {
  const scenes = new Map<string, Scene>();
  for (const id of ids) {
    const scene = set.scenes.get(id);
    if (scene) scenes.set(id, { ...scene, complete: true });
  }
  return changeFindSet('mark photos as complete', set, { scenes });
}
