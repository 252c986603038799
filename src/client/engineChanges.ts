const ofHeads = new Set<(id: string) => void>();
const ofRestarts = new Set<() => void>();

/** @param hear told of each trained head that is set in the engine or removed from it, before the engine is; and of changed ImageNet labels */
export function hearOfHeads(hear: (id: string) => void): void {
  ofHeads.add(hear);
}

/** A head is another one from now on, or none: a trained one by its id, or `imagenet`. */
export function headChanges(id: string): void {
  for (const hear of ofHeads) hear(id);
}

/** @param hear told when the engine died and another takes its place, which knows nothing of what the page gave to the one before */
export function hearOfRestarts(hear: () => void): void {
  ofRestarts.add(hear);
}

export function engineRestarts(): void {
  for (const hear of ofRestarts) hear();
}
