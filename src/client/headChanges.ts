const listeners = new Set<(id: string) => void>();

/** @param hear told of each trained head that is set in the engine or removed from it, before the engine is */
export function hearOfHeads(hear: (id: string) => void): void {
  listeners.add(hear);
}

/** A head is another one from now on, or none: a trained one by its id, or `imagenet`. */
export function headChanges(id: string): void {
  for (const hear of listeners) hear(id);
}
