import { engine } from '../../../client/engineClient.ts';
import { photoRows } from '../../../client/photos/photoRows.ts';
import { ingestQueue, whenRead } from '../../../client/photos/ingest.ts';
import { nextName } from '../../../core/nextName.ts';
import type { Scene } from '../../../core/project/findModel.ts';
import { changeFindSet } from '../../../store/findScenes.ts';
import { useStore } from '../../../store/store.ts';

const PHOTOS = 24;
const SEED = 1;

/** The built-in example: drawn scenes with the boxes of their things, all complete. Resolves when they are read. */
export async function addFindExample(): Promise<void> {
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
  for (const [i, { boxes }] of scenes.entries()) {
    const id = rows[i]?.id;
    if (id === undefined) continue;
    const own = boxes.map(({ label, box }) => ({ id: nextName('box'), classId: classOf.get(label) ?? '', box }));
    drawn.set(id, { boxes: own, complete: true });
  }
  editFind((set) => changeFindSet('add the boxes of the example', set, { scenes: drawn }));
  ingestQueue.add(rows.map(({ id }) => id));
  await whenRead();
}
