import type { BackendChoice, HeadData } from '../core/model.ts';
import type { Engine } from '../worker/api.ts';
import { AnysizeError } from '../core/errors.ts';
import { nextName } from '../core/nextName.ts';
import { EngineLine } from './EngineLine.ts';
import { engineRestarts, headChanges } from './engineChanges.ts';
import { EngineGone } from './pool/EngineGone.ts';
import { died } from './died.ts';

export type { MemoryInfo } from '../worker/api.ts';

/** Of this page, among all that are open: begins the names of the locks that its workers share. */
export const pageName = `anysize-${Math.random().toString(36).slice(2)}`;

/** The app's base URL, from which an engine fetches its models. */
export function baseAddress(): string {
  return new URL(import.meta.env.BASE_URL, document.baseURI).href;
}

/** Engines that may die one after the other; then something is wrong that another would not change. */
const MOST_DEATHS = 5;

let line: EngineLine | null = null;
let started: Promise<unknown> | null = null;
/** The backend that was asked for last. */
let asked: BackendChoice | null = null;
/** Who listens: to the next engine too. */
const listeners: unknown[][] = [];
let deaths = 0;

function newLine(): EngineLine {
  const born = new EngineLine(
    new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'anysize-engine' }),
  );
  void died(born.call.bind(born), nextName(`${pageName} engine`)).then(() => replace(born));
  return born;
}

/** Another engine takes the place of one that died, if it is asked for anything. */
function replace(dead: EngineLine): void {
  if (line !== dead) return;
  deaths++;
  if (deaths >= MOST_DEATHS) {
    dead.close(
      new AnysizeError('NoBackend', 'The part of the page that computes stopped again and again. Reload the page.'),
    );
    return;
  }
  line = null;
  started = null;
  dead.close(new EngineGone());
  if (listeners.length > 0) line = newLine();
  for (const args of listeners) line?.call('subscribe', args).catch(() => {});
  engineRestarts();
}

/** The backend that the address asks for: `?backend=webgpu|wasm|cpu`, else `auto`. */
export function backendFromAddress(): BackendChoice {
  const asked = new URLSearchParams(location.search).get('backend');
  return asked === 'webgpu' || asked === 'wasm' || asked === 'cpu' ? asked : 'auto';
}

function start(choice = asked ?? backendFromAddress()): Promise<unknown> {
  line ??= newLine();
  started ??= line.call('start', [baseAddress(), choice, pageName]).catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

/**
 * The engine, in its worker. The first call of any method starts the worker, the backend and the embedded model;
 * functions among the arguments are called back from the worker.
 */
export const engine: Engine = new Proxy({} as Engine, {
  get(_target, method: keyof Engine | 'then') {
    if (method === 'then') return undefined;
    return async (...args: unknown[]) => {
      if (method === 'setHead') headChanges((args[0] as HeadData).id);
      if (method === 'removeHead') headChanges(args[0] as string);
      // Listeners must hear of the start itself; a chosen backend replaces one that could not start.
      if (method === 'subscribe') {
        listeners.push(args);
        line ??= newLine();
      } else if (method === 'use') await start().catch(() => start(args[0] as BackendChoice));
      else await start();
      const answer = await (line as EngineLine).call(method, args);
      if (method === 'use') asked = args[0] as BackendChoice;
      return answer;
    };
  },
});
