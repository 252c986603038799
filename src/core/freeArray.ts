/**
 * Gives the memory of an array back at once, which is empty from then on. Collected garbage gives it back too, but what is outside the collector's heap
 * counts for it: some photos' pixels make it run, and with a full run it throws away the compiled code of functions that no one holds just then, as
 * TensorFlow.js's are. No effect in browsers without `ArrayBuffer.transfer`.
 */
export function freeArray({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
