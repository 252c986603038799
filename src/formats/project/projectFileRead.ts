import type { RunRow, ContentPhoto, ProjectContents } from '../../core/project/model.ts';
import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import * as v from 'valibot';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { sha256 } from '../../core/sha256.ts';
import { headerSchema, type Manifest, manifestSchema, MAX_JSON, VERSION } from './projectFileSchema.ts';
import { headFromSafetensors } from '../pytorch/pytorchHead.ts';
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

function plan({ class: classId, ...photo }: Manifest['photos'][number]): PlannedPhoto {
  return { ...photo, classId, unreadable: false };
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

/** Numbers that are all alike are packed a thousandfold; JSON is held by its size alone. */
function jsonMeter(limits: ZipLimits, totalBytes: number): Meter {
  return new Meter({ ...limits, totalBytes, fileBytes: Math.min(limits.fileBytes, MAX_JSON), ratio: Infinity });
}

/** What a JSON file holds, or what is wrong with it. */
async function readJson(
  entry: FileEntry,
  meter: Meter,
  signal?: AbortSignal,
): Promise<{ json: unknown } | 'is damaged' | 'is not JSON'> {
  const result = await unpack(entry, meter, (stream) => new Response(stream).text(), signal);
  if (!('made' in result)) return 'is damaged';
  try {
    return { json: JSON.parse(result.made) };
  } catch {
    return 'is not JSON';
  }
}

async function readRun(
  { id, file }: { id: string; file: string },
  within: (file: string) => FileEntry | undefined,
  meter: Meter,
  signal?: AbortSignal,
): Promise<RunRow> {
  const fail = (why: string) => new AnysizeError('BadModel', `its ${file} ${why}`);
  const entry = within(file);
  if (!entry) throw fail('is not in the zip');
  const value = await readJson(entry, meter, signal);
  if (typeof value === 'string') throw fail(value);
  const run = v.safeParse(runSchema, value.json, { abortEarly: true });
  if (!run.success) throw fail(wrongAt(run.issues[0]));
  if (run.output.id !== id) throw fail('is of another run');
  return run.output;
}

function wrongAt(issue: v.BaseIssue<unknown>): string {
  return `is wrong at “${v.getDotPath(issue) ?? 'the top'}” (${issue.message.slice(0, 200)})`;
}

/** A run or a head that cannot be read is left out and told. */
async function readHeads(
  manifest: Manifest,
  within: (file: string) => FileEntry | undefined,
  meter: Meter,
  limits: ZipLimits,
  notices: string[],
  signal?: AbortSignal,
): Promise<Pick<ProjectContents<ContentPhoto>, 'runs' | 'heads'>> {
  const runs: { run: RunRow; head: HeadData }[] = [];
  const heads: HeadData[] = [];
  const orLeaveOut = async (what: string, read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof AnysizeError) || error.name !== 'BadModel') throw error;
      notices.push(`${what} was left out: ${messageOf(error)}`);
    }
  };
  const runMeter = jsonMeter(limits, MAX_RUNS);
  for (const stored of manifest.runs) {
    const { id, name } = 'run' in stored ? stored.run : stored;
    await orLeaveOut(`The run “${name}”`, async () => {
      const run = 'run' in stored ? stored.run : await readRun(stored, within, runMeter, signal);
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
    await orLeaveOut('A head from a file', async () => {
      heads.push(await readHead(stored, id, within, meter, signal));
    });
  }
  return { runs, heads };
}

async function readHead(
  stored: Manifest['runs'][number]['head'],
  id: string,
  within: (file: string) => FileEntry | undefined,
  meter: Meter,
  signal?: AbortSignal,
): Promise<HeadData> {
  const entry = within(stored.file);
  if (!entry) throw new AnysizeError('BadModel', 'its head is not in the zip');
  const result = await unpack(entry, meter, (stream) => new Response(stream).arrayBuffer(), signal);
  if (!('made' in result)) throw new AnysizeError('BadModel', 'its head is damaged');
  if ((await sha256(result.made)) !== stored.sha256) {
    throw new AnysizeError('BadModel', 'its head is not the one that project.json names');
  }
  const { head } = headFromSafetensors(new Uint8Array(result.made), stored.file, id);
  return { ...head, scale: Math.fround(stored.scale) === head.scale ? stored.scale : head.scale };
}
