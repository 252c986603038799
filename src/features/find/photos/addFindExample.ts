import { engine } from '../../../client/engineClient.ts';
import { photoRows } from '../../../client/photos/photoRows.ts';
import { ingestQueue, whenRead } from '../../../client/photos/ingest.ts';
import { nextName } from '../../../core/nextName.ts';
import type { Scene } from '../../../core/project/findModel.ts';
import { changeFindSet } from '../../../store/findScenes.ts';
import { useStore } from '../../../store/store.ts';

const PHOTOS = 24;
/** The rest have no boxes: there is something to find in photos that it has never seen. */
const BOXED = 18;
const SEED = 1;

/**
 * The built-in example: drawn scenes, most with the boxes of their things and complete, the others without. Resolves when they are read.
 * @returns the photos without boxes
 */
export async function addFindExample(): Promise<string[]> {
  const scenes = await engine.findExample(PHOTOS, SEED);
  const rows = await photoRows(
    scenes.map(({ name, blob }) => ({ file: new File([blob], name, { type: blob.type }), path: name })),
  );
  const { addScenes, addFindClass, editFind } = useStore.getState();
  addScenes(
    rows.map(({ id }) => id),
    rows,
  );
  const classOf = new Map<string, string>();
  for (const { label } of scenes.flatMap(({ boxes }) => boxes)) {
    if (!classOf.has(label)) classOf.set(label, addFindClass(label) ?? '');
  }
  const drawn = new Map<string, Scene>();
  for (const [i, { boxes }] of scenes.slice(0, BOXED).entries()) {
    const id = rows[i]?.id;
    if (id === undefined) continue;
    const own = boxes.map(({ label, box }) => ({ id: nextName('box'), classId: classOf.get(label) ?? '', box }));
    drawn.set(id, { boxes: own, complete: true });
  }
  editFind((set) => changeFindSet('add the boxes of the example', set, { scenes: drawn }));
  ingestQueue.add(rows.map(({ id }) => id));
  await whenRead();
  return rows.slice(BOXED).map(({ id }) => id);
}
