/** Whether this worker was started to help another engine of the page: then it makes answers and vectors for it, and keeps little itself. */
export function isHelper(): boolean {
  return (globalThis as { name?: string }).name === 'anysize-helper';
}
