import * as Comlink from 'comlink';
import { AnysizeError } from '../../core/errors.ts';
import { nextName } from '../../core/nextName.ts';
import type { Engine } from '../../worker/api.ts';
import { died } from '../died.ts';
import { baseAddress, engine as first, pageName } from '../engineClient.ts';
import { EngineLine } from '../EngineLine.ts';
import { EngineGone } from './EngineGone.ts';
import type { PoolMember } from './EnginePool.ts';

/** An engine of the pool. */
export interface EngineMember extends PoolMember {
  engine: Engine;
  /** Heads that it was given, or is being given: ids of trained ones, and `imagenet`. Null of the first, which has them all. */
  heads: Map<string, Promise<void>> | null;
  /** Finders by their ids, likewise. */
  finders: Map<string, Promise<void>> | null;
}

/**
 * Whether helpers can be had: the browser tells of a worker's death only by giving back its lock, which it does on secure pages.
 */
export function canHelp(): boolean {
  return 'locks' in navigator;
}

/**
 * Starts an engine on WASM in a worker of its own. It makes vectors for the first from then on.
 * @param notice hears what it has to tell
 * @throws AnysizeError `NoBackend`, …
 */
export async function startHelper(notice: (text: string) => void): Promise<EngineMember> {
  const line = new EngineLine(
    new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module', name: 'anysize-helper' }),
  );
  const { engine } = line;
  const id = nextName('helper');
  try {
    const gone = died(line.call.bind(line), `${pageName} ${id}`).then(() => line.close(new EngineGone()));
    await engine.subscribe((event) => {
      if (event.type === 'notice') notice(event.text);
    });
    const { name } = await engine.start(baseAddress(), 'wasm', pageName);
    if (name !== 'wasm') throw new AnysizeError('NoBackend', 'WASM computes wrong numbers in a second worker.');
    const { port1, port2 } = new MessageChannel();
    await engine.serveVectors(Comlink.transfer(port1, [port1]));
    await first.addHelper(id, Comlink.transfer(port2, [port2]));
    void gone.then(() => first.removeHelper(id).catch(() => {}));
    return {
      engine,
      heads: new Map(),
      finders: new Map(),
      gone,
      cancel: (task) => void engine.cancel(task).catch(() => {}),
      end: () => line.close(new EngineGone()),
    };
  } catch (error) {
    line.close(new EngineGone());
    throw error;
  }
}
