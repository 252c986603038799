import { breather } from '../core/tasks/breather.ts';

const PIECE = 256 * 1024;

/**
 * A file of many small texts. Each piece becomes a Blob of its own, which the browser keeps out of the page's heap, and the page
 * can do other things in between.
 * @param type media type, without the charset (UTF-8)
 */
export async function textBlob(texts: Iterable<string>, type: string): Promise<Blob> {
  const pieces: Blob[] = [];
  let piece: string[] = [];
  let length = 0;
  const breathe = breather();
  for (const text of texts) {
    piece.push(text);
    length += text.length;
    if (length >= PIECE) {
      pieces.push(new Blob(piece));
      piece = [];
      length = 0;
    }
    await breathe();
  }
  return new Blob([...pieces, ...piece], { type: `${type};charset=utf-8` });
}

/** JSON Lines: one JSON value a line, UTF-8, LF (jsonlines.org). Text stays as it is; JSON has no formulas to guard against. */
export function* jsonLines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}
