import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { AnysizeError, type ErrorName } from '../../../core/errors.ts';
import type { AnalyseOptions, Analysis } from '../../../core/model.ts';
import { BatchDatabase, type BatchRecord, DATABASE } from '../../../storage/batch/BatchDatabase.ts';
import { useStore } from '../../../store/store.ts';
import type { BatchEngine } from './BatchRunner.ts';
import { BatchSession } from './BatchSession.ts';
import type { FakeFolder } from './fakeFolder.ts';
import { type BatchSource, filesSource } from './sources.ts';

/** The engine of a batch in tests: which photos it was asked for, and what goes wrong with which. */
export const engine = {
  asked: [] as string[],
  options: null as Partial<AnalyseOptions> | null,
  wrong: new Map<string, string>(),
  gate: null as Promise<void> | null,
};

const fakeEngine: BatchEngine = {
  async analyse(_task, { name }, options) {
    await engine.gate;
    engine.asked.push(name);
    engine.options = options;
    const wrong = engine.wrong.get(name);
    if (wrong) throw new AnysizeError(wrong as ErrorName, `${name}: ${wrong}`);
    return {
      facts: { width: 40, height: 30 },
      plan: { policy: options.policy },
      top: [{ index: 0, label: 'cat', score: 0.5 }],
      times: { total: 5 },
      head: { choice: options.head, name: 'ImageNet labels' },
      backend: 'wasm',
    } as unknown as Analysis;
  },
  cancel: () => {},
  loadLabels: async () => ({ status: 'unavailable', reason: 'no network', details: '' }),
};

export const files = (...names: string[]) =>
  names.map((name) => ({ path: `trip/${name}`, file: new File(['x'], name, { lastModified: 1 }) }));

/** Folders whose handles outlive a load: a handle of the browser can be kept in a database, and a fake one cannot. */
export const disk: FakeFolder[] = [];

/** Puts the folders of {@link disk} back where the database has copies of them. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!value || typeof value !== 'object') return value;
  if ('entries' in value && 'name' in value) return disk.find(({ name }) => name === value.name);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner)]));
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The page as it is after a load: its state anew, the database as it was. */
export async function load() {
  useStore.setState(useStore.getInitialState(), true);
  const state = useStore.getState;
  const session = new BatchSession({
    state,
    engine: fakeEngine,
    async openDatabase() {
      const database = await BatchDatabase.open();
      const current = database.current.bind(database);
      return Object.assign(database, { current: async () => revived(await current()) as BatchRecord | null });
    },
  });
  state().setLabels({ status: 'ready', source: 'here' });
  const idle = () => vi.waitFor(() => expect(state().batchProgress).toBeNull());
  const take = async (source: BatchSource) => {
    await session.takePhotos(source);
    await idle();
  };
  return { session, state, idle, take, takeFiles: (...names: string[]) => take(filesSource(files(...names))) };
}

export const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).toSorted();

beforeEach(() => {
  engine.asked = [];
  engine.wrong.clear();
  engine.gate = null;
  disk.length = 0;
  vi.stubGlobal('navigator', {});
});
afterEach(async () => {
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.addEventListener('success', resolve);
    // The page of the test still has it open; it closes when it is told.
    asked.addEventListener('blocked', resolve);
  });
});
