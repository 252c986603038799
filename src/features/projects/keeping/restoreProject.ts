import type { Scene } from '../../../core/project/findModel.ts';
import type { Member, PhotoRow } from '../../../core/project/model.ts';
import { DEFAULT_HEAD } from '../../../core/labels/readyHeads.ts';
import { engine } from '../../../client/engineClient.ts';
import type { LoadedProject } from '../../../storage/projects/ProjectStorage.ts';
import type { PhotoRecord } from '../../../storage/projects/records.ts';
import { storage } from '../../../storage/storageClient.ts';
import { chooseHead } from '../../../client/chooseHead.ts';
import { keepFile, letGo } from '../../../client/files.ts';
import { forgetHead, headOf, keepHead } from '../../../client/trainedHeads.ts';
import { openedHeads } from '../../../store/heads.ts';
import { useStore } from '../../../store/store.ts';
import { breather, nextTask } from '../../../core/tasks/breather.ts';
import { settingsIn, contentsOf } from './projectContents.ts';
import type { ChangeTracker, ProjectContents } from './ChangeTracker.ts';
import { NO_FIND, showFind } from './showFind.ts';
import type { StoredIdMap } from './StoredIdMap.ts';

/** Puts a project into the page's state in place of what is there. Rows that stay the same photo keep their id, file and picture. */
export async function restoreProject(
  loaded: LoadedProject,
  ids: StoredIdMap,
  tracker: ChangeTracker,
  withSettings: boolean,
): Promise<string[]> {
  const atHand = ({ id }: PhotoRecord) => useStore.getState().photos.get(ids.pagePhoto(id) ?? '');
  const parts = await fetchParts(loaded, (record) => atHand(record) ?? null);
  const breathe = breather();

  const photos = new Map<string, PhotoRow>();
  const members = new Map<string, Member>();
  const scenes = new Map<string, Scene>();
  let lost = 0;
  for (const record of loaded.photos) {
    const known = atHand(record);
    const part = parts.get(record.id);
    if (!known && !part?.file) {
      lost++;
      continue;
    }
    const id = known?.id ?? keepFile(part?.file as File);
    ids.knowPhoto(id, record.id);
    const row = rowOf(record, id, known?.thumbnailUrl ?? part?.thumbnailUrl ?? null);
    const member = record.member && { ...record.member, classId: ids.pageClass(record.member.classId) };
    const scene = record.scene ? ids.pageScene(record.scene, record.id) : null;
    photos.set(id, row);
    if (member) members.set(id, member);
    if (scene) scenes.set(id, scene);
    tracker.notePhoto(row, member, scene, record.file);
    await breathe();
  }
  const classes = loaded.project.classes.map((row) => ({ ...row, id: ids.pageClass(row.id) }));
  const runs = loaded.runs.map(({ run }) => ids.pageRun(run));
  for (const run of runs) tracker.noteRun(run);
  const finders = loaded.finders.map((run) => ids.pageFinder(run));
  for (const run of finders) tracker.noteFinder(run);
  const kept = { ...NO_FIND, ...loaded.project.find };
  const find = { ...kept, classes: kept.classes.map((row) => ({ ...row, id: ids.pageClass(row.id) })) };

  // What follows changes the state in one go, and React makes the page of it in the same task.
  await nextTask();
  const before = useStore.getState();
  letGo([...before.photos.values()].filter(({ id }) => !photos.has(id)));
  // A tab that follows keeps what it has opened itself: it is nobody else's.
  const own = withSettings ? [] : openedHeads(before);
  exchangeHeads(
    before.heads.map(({ id }) => id).filter((id) => !own.some((head) => head.id === id)),
    [...loaded.runs.map(({ head }) => head), ...loaded.heads],
  );
  useStore.setState({
    dataset: { classes, members },
    photos,
    undoStack: [],
    redoStack: [],
    runs,
    openClassId: classes.some(({ id }) => id === before.openClassId) ? before.openClassId : null,
    selectedPhotos: new Set([...before.selectedPhotos].filter((id) => members.has(id))),
    openRunId: runs.some(({ id }) => id === before.openRunId) ? before.openRunId : (runs[0]?.id ?? null),
    comparedRunId: null,
    ...(withSettings && { rateCurve: null, jobError: null, fineTuneView: 'photos' }),
  });
  useStore
    .getState()
    .setHeads([
      ...runs.map(({ id, name, classes, threshold }) => ({ id, name, classes, threshold })),
      ...loaded.heads.map(({ id, name, classes }) => ({ id, name, classes, threshold: 0 })),
      ...own.filter(({ id }) => !loaded.heads.some((head) => head.id === id)),
    ]);
  tracker.noteHeads(loaded.heads);
  showFind({ scenes, find, finders }, withSettings);
  tracker.noteFind(find);
  restoreOptions(loaded, withSettings);
  tracker.noteRest(classes, contentsOf(useStore.getState()).options);
  const were = lost === 1 ? '1 photo was' : `${lost} photos were`;
  return [...loaded.notices, ...(lost > 0 ? [`${were} no longer in the browser's storage.`] : [])];
}

interface Part {
  file: File | null;
  thumbnailUrl: string | null;
}

/** Photos asked for at a time: a thousand files and pictures in one message would hold the page up. */
const CHUNK = 50;

/** Files and pictures of the photos that the page does not have yet. */
async function fetchParts(
  { project, photos }: LoadedProject,
  known: (record: PhotoRecord) => PhotoRow | null,
): Promise<Map<number, Part>> {
  const parts = new Map<number, Part>();
  const wanted = photos.filter((record) => !known(record)?.thumbnailUrl);
  for (let from = 0; from < wanted.length; from += CHUNK) {
    const chunk = wanted.slice(from, from + CHUNK);
    const asked = chunk.map((record) => ({ id: record.id, file: known(record) ? null : record.file }));
    const found = await storage.photoParts(project.id, asked);
    for (const [i, { id, name, type }] of chunk.entries()) {
      const { file = null, thumbnail = null } = found[i] ?? {};
      parts.set(id, {
        file: file && new File([file], name, { type }),
        thumbnailUrl: thumbnail && URL.createObjectURL(thumbnail),
      });
    }
  }
  return parts;
}

/** Empties the page's state, as for a project that was never worked on. */
export function clearProject(): void {
  const before = useStore.getState();
  letGo(before.photos.values());
  exchangeHeads(
    before.heads.map(({ id }) => id),
    [],
  );
  useStore.setState({
    dataset: { classes: [], members: new Map() },
    photos: new Map(),
    undoStack: [],
    redoStack: [],
    runs: [],
    openClassId: null,
    selectedPhotos: new Set(),
    openRunId: null,
    comparedRunId: null,
    rateCurve: null,
    jobError: null,
    fineTuneView: 'photos',
  });
  showFind({ scenes: new Map(), find: NO_FIND, finders: [] }, true);
  before.setHeads([]);
  if (typeof before.settings.head === 'object') chooseHead(DEFAULT_HEAD);
}

/** Shows a project's parts as they were, in place of changes that cannot be kept. What Classify uses is each tab's own and stays. */
export function showAgain({ dataset, photos, runs, options, ...found }: ProjectContents): void {
  useStore.setState({
    dataset,
    photos,
    runs,
    undoStack: [],
    redoStack: [],
    splitOptions: options.split,
    vectorOptions: options.vectors,
    trainingOptions: options.training,
  });
  showFind(found, false);
}

function rowOf(record: PhotoRecord, id: string, thumbnailUrl: string | null): PhotoRow {
  const { project: _project, type: _type, file: _file, member: _member, scene: _scene, ...facts } = record;
  // Without its picture it is read once more.
  const status = facts.status === 'ready' && !thumbnailUrl ? 'waiting' : facts.status;
  return { ...facts, id, status, thumbnailUrl };
}

/** The engine and the page hold the heads of the open project. */
function exchangeHeads(before: readonly string[], now: LoadedProject['runs'][number]['head'][]): void {
  const fail = () =>
    useStore.getState().addNotice('A trained head could not be handed to the engine. Reload the page.');
  for (const id of before) {
    if (now.some((head) => head.id === id)) continue;
    forgetHead(id);
    engine.removeHead(id).catch(fail);
  }
  for (const head of now) {
    const known = headOf(head.id);
    if (known?.name === head.name && known.classes.join('\n') === head.classes.join('\n')) continue;
    keepHead(head);
    engine.setHead(head).catch(fail);
  }
}

function restoreOptions({ project: { options }, runs, heads }: LoadedProject, withSettings: boolean): void {
  const { changeSettings, settings } = useStore.getState();
  if (options) {
    const { split, vectors, training } = options;
    useStore.setState({ splitOptions: split, vectorOptions: vectors, trainingOptions: training });
    if (withSettings) changeSettings(settingsIn(options));
  }
  if (!withSettings) return;
  const head = options?.head ?? settings.head;
  const known =
    typeof head === 'string' || runs.some(({ run }) => run.id === head.id) || heads.some(({ id }) => id === head.id);
  // A project fetches nothing: the ImageNet labels are for who has chosen them on this page.
  const fetches = head === 'imagenet' && settings.head !== 'imagenet';
  changeSettings({ head: known && !fetches ? head : DEFAULT_HEAD });
}
