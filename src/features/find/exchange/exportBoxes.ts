import { BlobReader, BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { fileOf } from '../../../client/files.ts';
import { messageOf } from '../../../core/errors.ts';
import { boxFiles, type BoxFormat, photoNames, type SizedBoxes } from '../../../formats/boxes/writeBoxes.ts';
import { safeName, untakenName } from '../../../formats/safeName.ts';
import { type AppState, useStore } from '../../../store/store.ts';
import { classColour } from '../../../ui/charts/classPalette.ts';
import { cropsOf, drawnPhoto } from './drawBoxes.ts';

export type ExportKind = BoxFormat | 'drawn' | 'crops';

/** A photo that goes out, under the name that it gets. */
export interface OutPhoto extends SizedBoxes {
  id: string;
}

/** Photos that say something: those with a box, and those marked as complete. Waiting and unreadable ones have no size, and stay. */
export function photosToExport(state: Pick<AppState, 'findOrder' | 'scenes' | 'photos' | 'findClasses'>): OutPhoto[] {
  const names = new Map(state.findClasses.map(({ id, name }) => [id, name]));
  const rows = state.findOrder.flatMap((id) => {
    const [row, scene] = [state.photos.get(id), state.scenes.get(id)];
    return row?.status === 'ready' && scene && (scene.boxes.length > 0 || scene.complete) ? [{ row, scene }] : [];
  });
  const out = photoNames(rows.map(({ row }) => row));
  return rows.map(({ row: { id, width, height }, scene: { boxes, complete } }, i) => ({
    id,
    photo: out[i] ?? '',
    size: { width, height },
    boxes: boxes.map(({ classId, box }) => ({ label: names.get(classId) ?? '', box })),
    complete,
  }));
}

export interface ExportedBoxes {
  blob: Blob;
  name: string;
  /** Photos that were left out, each with its reason. */
  problems: { file: string; reason: string }[];
}

const ZIP = { useWebWorkers: false, extendedTimestamp: false } as const;

/**
 * A file of all boxes: text alone where one file says it all, else a zip.
 * @param withPhotos puts the photos themselves into the zip
 * @throws what `signal` was aborted with
 */
export async function exportBoxes(
  kind: ExportKind,
  withPhotos: boolean,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ExportedBoxes> {
  const state = useStore.getState();
  const photos = photosToExport(state);
  const stem = safeName(`${state.project?.name ?? 'Boxes'} ${kind}`);
  const texts =
    kind === 'drawn' || kind === 'crops'
      ? {}
      : boxFiles(
          kind,
          photos,
          state.findClasses.map(({ name }) => name),
        );
  const [only, ...more] = Object.entries(texts);
  if (only && more.length === 0 && !withPhotos) {
    const [path, text] = only;
    const ending = path.slice(path.lastIndexOf('.'));
    return { blob: new Blob([text]), name: stem + ending, problems: [] };
  }
  const zip = new ZipWriter(new BlobWriter('application/zip'), ZIP);
  for (const [path, text] of Object.entries(texts)) await zip.add(path, new TextReader(text), { level: 6 });
  const problems: ExportedBoxes['problems'] = [];
  const colours = new Map(state.findClasses.map(({ name, colour }) => [name, classColour(colour)]));
  const folders = new Set<string>();
  const folderOf = new Map(state.findClasses.map(({ name }) => [name, untakenName(safeName(name, 'class'), folders)]));
  const taken = new Set<string>();
  const add = (path: string, blob: Blob) => zip.add(untakenName(path, taken), new BlobReader(blob), { level: 0 });
  for (const [i, { id, photo, boxes }] of photos.entries()) {
    signal.throwIfAborted();
    try {
      const plain = photo.replace(/\.[^./]{1,8}$/, '');
      if (kind === 'drawn') {
        const drawn = boxes.map((one) => ({ ...one, colour: colours.get(one.label) ?? classColour(0) }));
        await add(`${plain}.jpg`, await drawnPhoto(id, photo, drawn));
      } else if (kind === 'crops') {
        const crops =
          boxes.length > 0
            ? await cropsOf(
                id,
                photo,
                boxes.map(({ box }) => box),
              )
            : [];
        for (const [k, crop] of crops.entries()) {
          const folder = folderOf.get(boxes[k]?.label ?? '') ?? 'class';
          await add(`${folder}/${plain.replaceAll('/', ' ')} ${k + 1}.jpg`, crop);
        }
      } else if (withPhotos) {
        const file = fileOf(id);
        if (!file) throw new Error('its file is no longer at hand');
        await add(`images/${photo}`, file);
      }
    } catch (error) {
      problems.push({ file: photo, reason: messageOf(error) });
    }
    onProgress((i + 1) / photos.length);
  }
  return { blob: await zip.close(), name: `${stem}.zip`, problems };
}
