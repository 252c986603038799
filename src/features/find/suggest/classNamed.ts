/** The class of this name, whatever its capitals; also one of several names that a comma separates. −1 for none. */
export function classNamed(classes: readonly string[], text: string): number {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return -1;
  const whole = classes.findIndex((name) => name.toLowerCase() === wanted);
  if (whole >= 0) return whole;
  return classes.findIndex((name) =>
    name
      .toLowerCase()
      .split(',')
      .some((part) => part.trim() === wanted),
  );
}
