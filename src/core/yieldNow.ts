/** Longest stretch of work between two yields, in milliseconds. */
export const SLICE_MS = 16;

/** Lets waiting messages, timers and events through, without the delays of `setTimeout` (which a hidden tab stretches). */
export function yieldNow(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
