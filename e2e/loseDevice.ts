import type { Page } from '@playwright/test';

/**
 * Loses the GPU again and again, also while it is being started anew, until the page has moved to WASM; work waits for it all the while. Losses
 * follow each other faster than a start takes, so that three fall within a minute however slow the machine is.
 * @returns the backend in the end, and how many numbers of the waiting work's vector are above 0
 */
export function loseUntilWasm(page: Page): Promise<{ backend: string | null; positive: number }> {
  return page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 33);
    canvas.getContext('2d')?.fillRect(4, 4, 9, 9);
    const blob = await canvas.convertToBlob();
    const answer = window.anysize.vector(blob, { policy: 'native' });
    let answered = false;
    const over = () => (answered = true);
    answer.then(over, over);
    const until = performance.now() + 120_000;
    while (window.anysize.backend === 'webgpu' && performance.now() < until) {
      await window.anysize.loseDevice();
      // A device lost while nobody used it is noticed with the next work.
      if (answered) await window.anysize.vector(blob, { policy: 'native' });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { data } = await answer;
    return { backend: window.anysize.backend, positive: data.filter((value) => value > 0).length };
  });
}
