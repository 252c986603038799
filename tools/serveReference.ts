/** For tests in a browser: the official model without a network. */
import { vi } from 'vitest';
import { commands } from 'vitest/browser';
import { IMAGENET_ADDRESSES } from '../src/core/labels/imagenetAddresses.ts';

export const OFFICIAL = IMAGENET_ADDRESSES[0];

/** Answers requests to the official address from the reference copy; the rest go to the network as ever. */
export function serveReference(): void {
  const folder = OFFICIAL.slice(0, OFFICIAL.lastIndexOf('/') + 1);
  const network = globalThis.fetch.bind(globalThis);
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (!url.startsWith(folder)) return network(url, init);
    const file = await commands.referenceModelFile(url.slice(folder.length));
    if (file === null) return new Response('', { status: 404 });
    return new Response(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)));
  });
}
