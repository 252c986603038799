/** JSON Lines: one JSON value a line, UTF-8, LF (jsonlines.org). Text stays as it is; JSON has no formulas to guard against. */
export function* jsonLines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}
