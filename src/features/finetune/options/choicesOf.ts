/** Descriptors as the choices of a field. */
export function choicesOf<Kind extends string>(list: readonly { kind: Kind; label: string }[]) {
  return list.map(({ kind, label }) => ({ value: kind, label }));
}
