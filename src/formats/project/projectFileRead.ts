import { finderOf } from '../../core/find/finderFile.ts';
import type { FinderRun } from '../../core/find/model.ts';
import type { RunRow, ContentPhoto, ProjectContents } from '../../core/project/model.ts';
import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import * as v from 'valibot';
import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { sha256 } from '../../core/sha256.ts';
import { jsonMeter, orLeaveOut, readJson, readNumbers, readStored, type Within, wrongAt } from './projectFileParts.ts';
import { headerSchema, type Manifest, manifestSchema, MAX_JSON, VERSION } from './projectFileSchema.ts';
import { headFromSafetensors } from '../pytorch/pytorchHead.ts';
import { finderRunSchema } from './finderSchema.ts';
import { runSchema } from './runSchema.ts';
import { photosOfFolders, type PlannedPhoto } from '../zip/zipFolders.ts';
import { badArchive, Meter, unpack, type UnpackedStream, zipEntries, type ZipLimits } from '../zip/zipEntries.ts';

export const PROJECT_LIMITS: ZipLimits = {
  entries: 200_000,
  totalBytes: 64 * 2 ** 30,
  fileBytes: 512 * 2 ** 20,
  ratio: 100,
};
/** Runs together, which all end up in memory. */
const MAX_RUNS = 2 ** 31;

/** Where the photos of a project file go. */
export interface PhotoSink<Kept> {
  keep: (stream: UnpackedStream) => Promise<{ kept: Kept; blob: Blob }>;
  /** Takes one back. */
  drop: (kept: Kept) => Promise<void>;
}

export interface PhotoRead<Kept> extends ContentPhoto {
  kept: Kept;
  bytes: number;
}

export interface ProjectRead<Kept> extends ProjectContents<PhotoRead<Kept>> {
  /** Sentences for the person: what was left out and why. */
  notices: string[];
}

export interface ReadOptions {
  /** Share that is read, 0…1. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
  limits?: ZipLimits;
}

/**
 * Reads a project file, or a plain zip of class folders. Nothing in it is trusted: what is kept has passed its limits, its checksums and the
 * schema; photos that have not are left out and counted.
 * @param name of the file, for messages and for a project without a name
 * @throws AnysizeError `BadArchive` that says what is wrong; then what the sink has kept is to be thrown away
 */
export async function readProjectFile<Kept>(
  zip: Blob,
  name: string,
  sink: PhotoSink<Kept>,
  { onProgress = () => {}, signal, limits = PROJECT_LIMITS }: ReadOptions = {},
): Promise<ProjectRead<Kept>> {
  const entries = byName(await zipEntries(zip, limits));
  const meter = new Meter(limits);
  const found = findManifest(entries);
  const manifest = found ? await readManifest(found.entry, limits, signal) : null;
  const within = (file: string) => entries.get(`${found?.prefix ?? ''}${file}`);
  const folders = manifest ? null : photosOfFolders([...entries.keys()]);
  const planned: readonly PlannedPhoto[] = manifest ? manifest.photos.map(plan) : (folders?.photos ?? []);
  const photos: PhotoRead<Kept>[] = [];
  const left = { missing: 0, damaged: 0, changed: 0 };
  for (const [i, { file, sha256: expected, ...photo }] of planned.entries()) {
    signal?.throwIfAborted();
    const entry = within(file);
    if (!entry) left.missing++;
    else {
      const result = await unpack(entry, meter, sink.keep, signal);
      if ('damaged' in result) {
        left.damaged++;
        if (result.damaged) await sink.drop(result.damaged.kept);
      } else {
        const { kept, blob } = result.made;
        if (expected !== null && (await sha256(await blob.arrayBuffer())) !== expected) {
          left.changed++;
          await sink.drop(kept);
        } else photos.push({ ...photo, kept, bytes: blob.size });
      }
    }
    onProgress((i + 1) / planned.length);
  }
  if (manifest && left.missing > 0 && left.missing === planned.length) {
    const none = planned.length === 1 ? 'its one photo is not' : `none of its ${planned.length} photos are`;
    throw badArchive(`The project file was refused: ${none} in the zip. Export the project again.`);
  }
  const notices = [...(folders?.notices ?? [])];
  const tell = (count: number, why: string) => {
    if (count > 0) notices.push(`${count === 1 ? '1 photo was' : `${count} photos were`} left out: ${why}.`);
  };
  tell(left.missing, 'not in the zip');
  tell(left.damaged, 'damaged or locked');
  tell(left.changed, 'not the bytes that project.json names');
  const { runs, heads } = manifest
    ? await readHeads(manifest, within, meter, limits, notices, signal)
    : { runs: [], heads: [] };
  const finders = manifest ? await readFinders(manifest, within, meter, limits, notices, signal) : [];
  if (!manifest && photos.length === 0) {
    throw badArchive(
      `“${name}” holds no project and no photos. A project file has a project.json; a plain zip needs class folders with photos in them.`,
    );
  }
  const at = new Date().toISOString();
  return {
    name: manifest?.name ?? name.replace(/\.zip$/i, ''),
    created: manifest?.created ?? at,
    changed: manifest?.changed ?? at,
    classes: manifest?.classes ?? folders?.classes ?? [],
    options: manifest?.options ?? null,
    photos,
    runs,
    heads,
    find: manifest?.find ?? null,
    finders,
    notices,
  };
}

/** @throws AnysizeError `BadArchive` where a name stands twice: which one is meant, nobody can tell */
function byName(files: readonly FileEntry[]): Map<string, FileEntry> {
  const entries = new Map<string, FileEntry>();
  for (const file of files) {
    if (entries.has(file.filename)) {
      throw badArchive(`The zip was refused: it holds two files named “${file.filename}”.`);
    }
    entries.set(file.filename, file);
  }
  return entries;
}

function plan({ class: classId, scene, ...photo }: Manifest['photos'][number]): PlannedPhoto {
  return { ...photo, classId, ...(scene && { scene }), unreadable: false };
}

/** `project.json`, at the top or in the one folder that someone has packed it in. */
function findManifest(entries: ReadonlyMap<string, FileEntry>): { entry: FileEntry; prefix: string } | null {
  const found =
    [...entries].find(([path]) => path === 'project.json') ??
    [...entries].find(([path]) => /^[^/\\]+\/project\.json$/.test(path));
  return found ? { entry: found[1], prefix: found[0].slice(0, -'project.json'.length) } : null;
}

async function readManifest(entry: FileEntry, limits: ZipLimits, signal?: AbortSignal): Promise<Manifest> {
  const fail = (why: string) =>
    badArchive(`The project file was refused: its project.json ${why}. Nothing was imported.`);
  const value = await readJson(entry, jsonMeter(limits, MAX_JSON), signal);
  if (typeof value === 'string') throw fail(value);
  const header = v.safeParse(headerSchema, value.json);
  if (!header.success) throw fail('does not say that it is one of Anysize');
  if (header.output.version > VERSION) {
    throw fail(
      `is of version ${header.output.version}, and this page reads up to ${VERSION}: reload it to get the newest`,
    );
  }
  const manifest = v.safeParse(manifestSchema, value.json, { abortEarly: true });
  if (manifest.success) return manifest.output;
  throw fail(wrongAt(manifest.issues[0]));
}

/** Runs of finders, each with its numbers. */
async function readFinders(
  manifest: Manifest,
  within: Within,
  meter: Meter,
  limits: ZipLimits,
  notices: string[],
  signal?: AbortSignal,
): Promise<FinderRun[]> {
  const finders: FinderRun[] = [];
  const runMeter = jsonMeter(limits, MAX_RUNS);
  for (const stored of manifest.finders) {
    await orLeaveOut(`The finder “${stored.name}”`, notices, async () => {
      const run = await readStored(stored, finderRunSchema, within, runMeter, signal);
      const bytes = await readNumbers(stored.numbers, 'its numbers', within, meter, signal);
      finders.push({ ...run, finder: finderOf(run.finder, new Uint8Array(bytes), stored.numbers.file) });
    });
  }
  return finders;
}

/** A run or a head that cannot be read is left out and told. */
async function readHeads(
  manifest: Manifest,
  within: Within,
  meter: Meter,
  limits: ZipLimits,
  notices: string[],
  signal?: AbortSignal,
): Promise<Pick<ProjectContents<ContentPhoto>, 'runs' | 'heads'>> {
  const runs: { run: RunRow; head: HeadData }[] = [];
  const heads: HeadData[] = [];
  const runMeter = jsonMeter(limits, MAX_RUNS);
  for (const stored of manifest.runs) {
    const { id, name } = 'run' in stored ? stored.run : stored;
    await orLeaveOut(`The run “${name}”`, notices, async () => {
      const run = 'run' in stored ? stored.run : await readStored(stored, runSchema, within, runMeter, signal);
      const head = await readHead(stored.head, id, within, meter, signal);
      if (head.classes.join('\n') !== run.classes.join('\n')) {
        throw new AnysizeError('BadModel', 'its head is of other classes');
      }
      runs.push({ run, head });
    });
  }
  const ofRuns = new Set(manifest.runs.map((stored) => ('run' in stored ? stored.run.id : stored.id)));
  for (const { id, ...stored } of manifest.heads) {
    if (ofRuns.has(id)) continue;
    await orLeaveOut('A head from a file', notices, async () => {
      heads.push(await readHead(stored, id, within, meter, signal));
    });
  }
  return { runs, heads };
}

async function readHead(
  stored: Manifest['runs'][number]['head'],
  id: string,
  within: Within,
  meter: Meter,
  signal?: AbortSignal,
): Promise<HeadData> {
  const bytes = await readNumbers(stored, 'its head', within, meter, signal);
  const { head } = headFromSafetensors(new Uint8Array(bytes), stored.file, id);
  return { ...head, scale: Math.fround(stored.scale) === head.scale ? stored.scale : head.scale };
}
