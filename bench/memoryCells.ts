/** The page and its worker together. */
const MAX_MEMORY = 1.5e9;

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
export const memoryTarget = `< ${megabytes(MAX_MEMORY)}`;

/** Peak memory since the last reset, and whether it kept to the limit; met where it cannot be told. */
export async function peakCell(): Promise<{ cell: string; met: boolean; known: boolean }> {
  const peak = await window.benchPeakMemory();
  return {
    cell: peak === null ? 'unknown' : megabytes(peak),
    met: peak === null || peak < MAX_MEMORY,
    known: peak !== null,
  };
}
