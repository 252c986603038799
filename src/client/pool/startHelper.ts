import * as Comlink from 'comlink';
import { nextName } from '../../core/nextName.ts';
import type { Engine } from '../../worker/api.ts';
import { baseAddress, engine as first, pageName } from '../engineClient.ts';
import { EngineLine } from '../EngineLine.ts';
import { EngineGone } from './EngineGone.ts';
import type { PoolMember } from './EnginePool.ts';

/** An engine of the pool. */
export interface EngineMember extends PoolMember {
  engine: Engine;
  /** Ids of the trained heads that it was given; null of the first, which has them all. */
  heads: Set<string> | null;
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
  const lock = `${pageName} ${id}`;
  try {
    await engine.liveUnder(lock);
    const gone = navigator.locks.request(lock, () => line.close(new EngineGone())).catch(() => {});
    await engine.subscribe((event) => {
      if (event.type === 'notice') notice(event.text);
    });
    await engine.start(baseAddress(), 'wasm', pageName);
    const { port1, port2 } = new MessageChannel();
    await engine.serveVectors(Comlink.transfer(port1, [port1]));
    await first.addHelper(id, Comlink.transfer(port2, [port2]));
    void gone.then(() => first.removeHelper(id).catch(() => {}));
    return {
      engine,
      heads: new Set(),
      gone,
      cancel: (task) => void engine.cancel(task).catch(() => {}),
      end: () => line.close(new EngineGone()),
    };
  } catch (error) {
    line.close(new EngineGone());
    throw error;
  }
}
