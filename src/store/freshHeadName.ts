/**
 * A name for a head from a file that no other head has: its own, else with the file's name in brackets, else with a number too.
 * @param file the file's name, with its ending
 */
export function freshHeadName(name: string, file: string, heads: readonly { name: string }[]): string {
  const taken = new Set(heads.map((head) => head.name));
  if (!taken.has(name)) return name;
  const whole = file.replace(/\.[^.]+$/, '');
  // A file that was saved here is called after its project and the head itself.
  const stem = whole.replace(name, '').trim() || whole;
  for (let i = 1; ; i++) {
    const fresh = `${name} (${i === 1 ? stem : `${stem}, ${i}`})`;
    if (!taken.has(fresh)) return fresh;
  }
}
