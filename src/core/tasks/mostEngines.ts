/** How many engines may work on lists of photos: by what the machine has, or so many. */
export type WorkersChoice = 'auto' | 1 | 2 | 3 | 4;

export const WORKERS_CHOICES: readonly WorkersChoice[] = ['auto', 1, 2, 3, 4];

const MOST = 4;
/** An engine's heap, model and pictures at the default size take 150 to 300 MB; a phone's browser ends a page long before its memory is full. */
const GIGABYTES_EACH = 1;
/** Where the browser does not tell. */
const ENGINES_UNTOLD = 2;

/** What the browser tells of the machine. */
export interface Machine {
  hardwareConcurrency?: number;
  /** Gigabytes, rounded; at most 8. Chromium only. */
  deviceMemory?: number;
}

/** Most engines at a time, 1 to 4: one for each core, of which one is left for the page from three on, and as memory allows. */
export function mostEngines(choice: WorkersChoice, { hardwareConcurrency = 1, deviceMemory }: Machine): number {
  if (choice !== 'auto') return choice;
  const byCores = hardwareConcurrency > 2 ? hardwareConcurrency - 1 : hardwareConcurrency;
  const byMemory = deviceMemory === undefined ? ENGINES_UNTOLD : Math.floor(deviceMemory / GIGABYTES_EACH);
  return Math.max(1, Math.min(MOST, byCores, byMemory));
}
