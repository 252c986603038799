import { AnysizeError, asError } from '../../core/errors.ts';
import type { AnalyseOptions, Analysis, HeadChoice, ImageInput, OnStage } from '../../core/model.ts';
import type { Ingested } from '../../core/training/model.ts';
import { mostEngines } from '../../core/tasks/mostEngines.ts';
import { useStore } from '../../store/store.ts';
import { engine } from '../engineClient.ts';
import { hearOfHeads } from '../headChanges.ts';
import { EnginePool, type Job, OnlyFirstCan } from './EnginePool.ts';
import { canHelp, type EngineMember, startHelper } from './startHelper.ts';

/** The page's engines. Only WASM has helpers: a GPU is one, however many ask it. */
export const enginePool = new EnginePool<EngineMember>({
  first: {
    engine,
    heads: null,
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

/** Gives an engine what it needs to answer by a head. */
async function giveHead({ engine: helper, heads }: EngineMember, choice: HeadChoice): Promise<void> {
  if (!heads || typeof choice === 'string' || heads.has(choice.id)) return;
  const head = await engine.head(choice.id);
  // It says that the head is gone, in its own words.
  if (!head) throw new OnlyFirstCan();
  await helper.setHead(head);
  heads.add(choice.id);
}

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
    // Names that are not at hand yet are fetched once.
    const fetching = head === 'imagenet' && useStore.getState().labels.status !== 'ready';
    return onOne({ task, name, key, onFirst: keepForView || fetching }, async (member) => {
      await giveHead(member, head);
      if (enginePool.isCancelled(task)) throw new AnysizeError('Cancelled', 'Cancelled.');
      const analysis = await member.engine.analyse(task, image, options, onStage);
      if (member.heads && head !== 'none' && !analysis.head) throw new OnlyFirstCan();
      return analysis;
    });
  },

  /** As `Engine.ingest`. */
  ingest(task: string, image: ImageInput): Promise<Ingested> {
    return onOne({ task, name: image.name, key: image.key }, ({ engine }) => engine.ingest(task, image));
  },

  cancel(task: string): void {
    enginePool.cancel(task);
  },
};
