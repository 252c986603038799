const counts = new Map<string, number>();

/** A name that nothing else of this kind has in this visit: "class-1", "class-2", … */
export function nextName(kind: string): string {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  return `${kind}-${count}`;
}
