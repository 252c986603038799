import type { RunRow, ContentPhoto, ProjectContents } from '../../core/project/model.ts';
import { Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { finderNumbers, finderShape } from '../../core/find/finderFile.ts';
import type { StoredScene } from '../../core/project/findModel.ts';
import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { sha256 } from '../../core/sha256.ts';
import { photoFileName } from './projectFileNames.ts';
import { FORMAT, type ManifestInput, MAX_JSON, type RunInput, VERSION } from './projectFileSchema.ts';
import { headToSafetensors } from '../pytorch/pytorchHead.ts';
import { safeName, untakenName } from '../safeName.ts';

export interface PhotoToWrite extends ContentPhoto {
  /** Its bytes; null where they are gone, then it is left out. */
  open: () => Promise<Blob | null>;
}

/** Photos are compressed already, and bytes as they are can be taken out by anything. */
const STORED = { level: 0, useWebWorkers: false, extendedTimestamp: false } as const;
const DEFLATED = { ...STORED, level: 6 } as const;

/**
 * Writes a project as a zip, in one pass, one photo in memory at a time; ZIP64 where it takes it.
 *
 *     train/<class>/<photo>    what ImageFolder expects; val/ and test/ for photos marked so
 *     unreadable/<class>/…     photos that no decoder took
 *     find/<photo>             photos that stand in no class
 *     heads/<id>.safetensors   PyTorch's names and order
 *     runs/<id>.json           how a run was made, its predictions and its metrics
 *     finders/<id>.json        the same of a run of a finder, and <id>.safetensors: what it learned
 *     project.json             everything else, with the true names
 *
 * @param onProgress share of the photos that is written, 0…1
 * @returns how many photos were left out because their bytes are gone
 * @throws AnysizeError `BadArchive` where a part is larger than is read again
 */
export async function writeProjectFile(
  contents: ProjectContents<PhotoToWrite>,
  out: WritableStream<Uint8Array>,
  onProgress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
): Promise<number> {
  const { name, created, changed, classes, options, photos, runs, heads, find, finders } = contents;
  const zip = new ZipWriter(out, {
    useWebWorkers: false,
    keepOrder: true,
    lastModDate: zipDate(changed),
    ...(signal && { signal }),
  });
  const manifest: ManifestInput & Required<Pick<ManifestInput, 'heads' | 'finders'>> = {
    format: FORMAT,
    version: VERSION,
    name,
    created,
    changed,
    classes: classes.map(({ id, name, colour }) => ({ id, name, colour })),
    options,
    photos: [],
    runs: [],
    heads: [],
    find: find && { ...find, classes: [...find.classes], settings: find.settings },
    finders: [],
  };
  const folders = new Set<string>();
  const folderOf = new Map(classes.map((row) => [row.id, folderName(row.name, folders)]));
  const namesIn = new Map<string, Set<string>>();
  let left = 0;
  for (const [i, photo] of photos.entries()) {
    signal?.throwIfAborted();
    const blob = await photo.open();
    const className = photo.classId === null ? null : folderOf.get(photo.classId);
    if (!blob || className === undefined) {
      left++;
      continue;
    }
    const top = photo.unreadable ? 'unreadable' : (photo.holdout ?? 'train');
    const folder = className === null ? 'find' : `${top}/${className}`;
    const names = namesIn.get(folder) ?? new Set<string>();
    namesIn.set(folder, names);
    const wanted = photoFileName(photo.name, photo.type);
    const file = `${folder}/${untakenName(wanted.name, names, wanted.split)}`;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const { id, name, path, type, classId, holdout, scene } = photo;
    manifest.photos.push({
      id,
      file,
      sha256: await sha256(bytes),
      name,
      path,
      type,
      class: classId,
      holdout,
      ...(scene && { scene: storedScene(scene) }),
    });
    await zip.add(file, new Uint8ArrayReader(bytes), STORED);
    onProgress((i + 1) / photos.length);
  }
  const addHead = async (head: HeadData) => {
    const file = `heads/${head.id}.safetensors`;
    const bytes = headToSafetensors(head);
    await zip.add(file, new Uint8ArrayReader(bytes), STORED);
    // Float32 in the safetensors file; in full here.
    return { file, sha256: await sha256(bytes), scale: head.scale };
  };
  const addJson = async (file: string, value: unknown, what: string, advice: string) => {
    const bytes = new TextEncoder().encode(JSON.stringify(value, nonFiniteAsText));
    if (bytes.length > MAX_JSON) {
      const sizes = `${Math.ceil(bytes.length / 2 ** 20)} MiB; the most that is read again is ${MAX_JSON / 2 ** 20} MiB`;
      throw new AnysizeError('BadArchive', `The project cannot be exported: ${what} takes ${sizes}. ${advice}`);
    }
    await zip.add(file, new Uint8ArrayReader(bytes), DEFLATED);
  };
  for (const { run, head } of runs) {
    signal?.throwIfAborted();
    const { id, name } = run;
    const file = `runs/${id}.json`;
    await addJson(file, storedRun(run), `the run “${name}”`, 'Delete that run, then export again.');
    manifest.runs.push({ id, name, file, head: await addHead(head) });
  }
  for (const { finder, ...run } of finders) {
    signal?.throwIfAborted();
    const { id, name } = run;
    const file = `finders/${id}.json`;
    await addJson(
      file,
      { ...run, finder: finderShape(finder) },
      `the finder “${name}”`,
      'Delete that run, then export again.',
    );
    const bytes = finderNumbers(finder);
    const numbers = `finders/${id}.safetensors`;
    await zip.add(numbers, new Uint8ArrayReader(bytes), STORED);
    manifest.finders.push({ id, name, file, numbers: { file: numbers, sha256: await sha256(bytes) } });
  }
  for (const head of heads) manifest.heads.push({ id: head.id, ...(await addHead(head)) });
  await addJson('project.json', manifest, 'the list of its photos', 'Make two projects of it.');
  await zip.close();
  return left;
}

function storedScene({ boxes, complete }: StoredScene): ManifestInput['photos'][number]['scene'] {
  return {
    boxes: boxes.map(({ classId, box: [left, top, right, bottom] }) => ({ classId, box: [left, top, right, bottom] })),
    complete,
  };
}

/** A class has no ending: “v1.2” stays in one piece. */
function folderName(className: string, taken: Set<string>): string {
  const name = safeName(className, 'class');
  return untakenName(name, taken, name.length);
}

function storedRun(run: RunRow): RunInput {
  const { classes, members } = run.basis;
  const rows = [...members].map(([id, { classId, holdout }]): RunInput['basis']['members'][number] => [
    id,
    classId,
    holdout,
  ]);
  return { ...run, classes: [...run.classes], basis: { classes: [...classes], members: rows } };
}

/** JSON has no NaN and no infinity. */
function nonFiniteAsText(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Zips know dates from 1980 on. */
function zipDate(iso: string): Date {
  const date = new Date(iso);
  return date.getFullYear() >= 1980 && date.getFullYear() < 2108 ? date : new Date(1980, 0, 1);
}
