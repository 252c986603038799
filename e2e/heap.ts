import type { CDPSession, Page } from '@playwright/test';

interface Usage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

/** Bytes of objects, strings and array buffers that garbage collection leaves in the page, and in its engine's worker. */
export interface Heaps {
  page: number;
  engine: number;
}

const sum = ({ usedSize, backingStorageSize = 0 }: Usage) => usedSize + backingStorageSize;

/** Sends commands to a worker that is attached without a session of its own, and gives their answers. */
function workerSession(client: CDPSession, sessionId: string) {
  let last = 0;
  return <Result>(method: string): Promise<Result> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const hear = (event: { sessionId: string; message: string }) => {
        if (event.sessionId !== sessionId) return;
        const answer: { id?: number; result: Result; error?: { message: string } } = JSON.parse(event.message);
        if (answer.id !== id) return;
        client.off('Target.receivedMessageFromTarget', hear);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      client.on('Target.receivedMessageFromTarget', hear);
      client.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });
}

/** Attaches to the page and its engine's worker; call the result for what their heaps hold after garbage collection. */
export async function watchHeaps(page: Page): Promise<() => Promise<Heaps>> {
  const client = await page.context().newCDPSession(page);
  const workers: string[] = [];
  client.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, title, url } }) => {
    if (type === 'worker' && `${title} ${url}`.includes('/worker-')) workers.push(sessionId);
  });
  await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return async () => {
    const [engine] = workers;
    if (workers.length !== 1 || !engine) throw new Error(`${workers.length} workers look like the engine's`);
    const ofWorker = workerSession(client, engine);
    for (let round = 0; round < 2; round++) {
      await client.send('HeapProfiler.collectGarbage');
      await ofWorker('HeapProfiler.collectGarbage');
    }
    const [own, its] = await Promise.all([
      client.send('Runtime.getHeapUsage'),
      ofWorker<Usage>('Runtime.getHeapUsage'),
    ]);
    return { page: sum(own), engine: sum(its) };
  };
}
