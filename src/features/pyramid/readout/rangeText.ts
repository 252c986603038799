/** "rows 2–4", or "row 2" where it is one; counted from 1, `from` and `to` half-open from 0 as bins have them. */
export function rangeWords(what: 'row' | 'column', from: number, to: number): string {
  return to - from === 1 ? `${what} ${to}` : `${what}s ${from + 1}–${to}`;
}
