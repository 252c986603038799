import { AnysizeError, asError } from '../../core/errors.ts';
import type { FindAnswer, Finder } from '../../core/find/model.ts';
import type { AnalyseOptions, Analysis, HeadChoice, ImageInput, OnStage } from '../../core/model.ts';
import type { Ingested } from '../../core/training/model.ts';
import { mostEngines } from '../../core/tasks/mostEngines.ts';
import { useStore } from '../../store/store.ts';
import type { Engine } from '../../worker/api.ts';
import { engine } from '../engineClient.ts';
import { GPU_DEPTH } from '../../core/tasks/gpuDepth.ts';
import { hearOfHeads, hearOfRestarts } from '../engineChanges.ts';
import type { Hands } from '../queue/WorkQueue.ts';
import { handOver } from '../find/finders.ts';
import { EnginePool, type Job, OnlyFirstCan } from './EnginePool.ts';
import { canHelp, type EngineMember, startHelper } from './startHelper.ts';

/** The page's engines. Only WASM has helpers: a GPU is one, however many ask it. */
export const enginePool = new EnginePool<EngineMember>({
  first: {
    engine,
    heads: null,
    finders: null,
    cancel: (task) => void engine.cancel(task).catch(() => {}),
    gone: new Promise(() => {}),
    end: () => {},
  },
  start: () => startHelper(useStore.getState().addNotice),
  most() {
    const { backend, settings } = useStore.getState();
    return backend?.name === 'wasm' && canHelp() ? mostEngines(settings.workers, navigator) : 1;
  },
  asked: () => useStore.getState().settings.workers !== 'auto',
});

/** The engines as a list of photos to classify sees them. */
export const deepHands: Hands = {
  get count() {
    return enginePool.count;
  },
  get depth() {
    return useStore.getState().backend?.name === 'webgpu' ? GPU_DEPTH : undefined;
  },
  want: (left, pace) => enginePool.want(left, pace),
};

/** Gives an engine what it needs to answer by a head. */
async function giveHead({ engine: helper, heads }: EngineMember, choice: HeadChoice): Promise<void> {
  const id = typeof choice === 'string' ? choice : choice.id;
  if (!heads || choice === 'none' || choice === 'everyday') return;
  const giving = heads.get(id) ?? (choice === 'imagenet' ? giveLabels(helper) : giveTrained(helper, id));
  heads.set(id, giving);
  try {
    await giving;
  } catch (error) {
    if (heads.get(id) === giving) heads.delete(id);
    throw error;
  }
}

/** Gives an engine what it needs to find with a finder. */
async function giveFinder({ engine: helper, finders }: EngineMember, finder: Finder): Promise<void> {
  if (!finders) return handOver(finder);
  const giving = finders.get(finder.id) ?? helper.setFinder(finder);
  finders.set(finder.id, giving);
  try {
    await giving;
  } catch (error) {
    if (finders.get(finder.id) === giving) finders.delete(finder.id);
    throw error;
  }
}

async function giveTrained(helper: Engine, id: string): Promise<void> {
  const head = await engine.head(id);
  // The first says in its own words that it is gone.
  if (!head) throw new OnlyFirstCan();
  await helper.setHead(head);
}

async function giveLabels(helper: Engine): Promise<void> {
  const files = await engine.labelFiles();
  if (!files) throw new OnlyFirstCan();
  await helper.takeLabels(files);
}

useStore.subscribe(({ backend, settings }, before) => {
  if (backend !== before.backend && backend?.name !== 'wasm') enginePool.endHelpers();
  // Nothing is wanted: those that are too many by now go.
  else if (settings.workers !== before.settings.workers) enginePool.want(0, null);
});

// Helpers hold the line to the engine that died.
hearOfRestarts(() => enginePool.endHelpers());

// Given anew where they are needed.
hearOfHeads((id) => {
  for (const { heads } of enginePool.members) heads?.delete(id);
});

/** Does it on one of the engines; where a helper has no memory for it, on the first. */
function onOne<Result>(job: Job, work: (member: EngineMember) => Promise<Result>): Promise<Result> {
  return enginePool.run(job, async (member) => {
    try {
      return await work(member);
    } catch (error) {
      throw member.heads && asError(error).name === 'OutOfMemory' ? new OnlyFirstCan() : error;
    }
  });
}

/** What the page's lists of photos ask of the engines: each photo goes to whichever has the least to do. */
export const pooledEngine = {
  /** As `Engine.analyse`. */
  analyse(task: string, image: ImageInput, options: AnalyseOptions, onStage?: OnStage): Promise<Analysis> {
    const { name, key } = image;
    const { head, keepForView = false } = options;
    return onOne({ task, name, key, onFirst: keepForView }, async (member) => {
      await giveHead(member, head);
      if (enginePool.isCancelled(task)) throw new AnysizeError('Cancelled', 'Cancelled.');
      const analysis = await member.engine.analyse(task, image, options, onStage);
      // A helper that could not fetch the classes, or had to leave WASM, would give another answer.
      const asFirst = (head === 'none' || analysis.head !== null) && analysis.backend === 'wasm';
      if (member.heads && !asFirst) throw new OnlyFirstCan();
      return analysis;
    });
  },

  /** As `Engine.ingest`. */
  ingest(task: string, image: ImageInput): Promise<Ingested> {
    return onOne({ task, name: image.name, key: image.key }, ({ engine }) => engine.ingest(task, image));
  },

  /** As `FindEngine.find`; the engine that does it is given the finder first. */
  find(task: string, image: ImageInput, finder: Finder): Promise<FindAnswer> {
    const { name, key } = image;
    return onOne({ task, name, key }, async (member) => {
      await giveFinder(member, finder);
      if (enginePool.isCancelled(task)) throw new AnysizeError('Cancelled', 'Cancelled.');
      return member.engine.find(task, image, finder.id);
    });
  },

  cancel(task: string): void {
    enginePool.cancel(task);
  },
};
