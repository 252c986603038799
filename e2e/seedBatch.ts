import type { Page } from '@playwright/test';

/** Puts a finished batch of so many results into the browser's database, as an earlier visit would have left it. */
export function seedBatch(page: Page, count: number): Promise<void> {
  return page.evaluate(async (count) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('anysize-batch', 1);
      request.addEventListener('upgradeneeded', () => {
        request.result.createObjectStore('batches', { keyPath: 'id' });
        request.result.createObjectStore('results', { keyPath: ['batch', 'key'] });
      });
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
    const change = database.transaction(['batches', 'results'], 'readwrite');
    const made = { head: 'everyday', policy: { kind: 'native', maxPixels: 1e6 }, minSide: 0, scales: [] };
    change.objectStore('batches').put({
      ...made,
      id: 'seeded',
      created: '2026-01-01T00:00:00.000Z',
      headName: 'Everyday things',
      folder: 'many',
      total: count,
      stopped: false,
      sources: [{ folder: 'many', handle: null, complete: true }],
    });
    const results = change.objectStore('results');
    for (let i = 0; i < count; i++) {
      const name = `IMG_${(i * 7919) % count}.jpg`;
      const path = `many/${i % 7}/${name}`;
      const score = ((i * 37) % 1000) / 1000;
      const failed = i % 50 === 0;
      const label = (k: number) => `class ${(i * 13 + k) % 400}`;
      const top = Array.from({ length: 5 }, (_, k) => ({ label: label(k), score: score / (k + 1) }));
      results.put({
        ...made,
        batch: 'seeded',
        key: `${path}\n${i}\n${i}`,
        path,
        name,
        bytes: i,
        modified: i,
        status: failed ? 'failed' : 'done',
        top: failed ? [] : top,
        unknown: false,
        width: 100 + (i % 300),
        height: 200 + (i % 100),
        milliseconds: i % 90,
        error: failed ? { name: 'UnreadableImage', message: 'It is not an image.' } : null,
        backend: 'wasm',
      });
    }
    await new Promise((resolve, reject) => {
      change.addEventListener('complete', resolve);
      change.addEventListener('error', () => reject(change.error));
    });
    database.close();
  }, count);
}
