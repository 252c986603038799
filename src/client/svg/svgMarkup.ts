export interface SvgMarkup {
  /** The text without its event handlers. */
  text: string;
  /** How many elements it has. */
  elements: number;
}

/**
 * An SVG's text made ready for the browser's parser, in one pass: whatever the text, the time is in proportion to its length. Event handlers
 * never run here, but merely parsing one makes the page's Content-Security-Policy complain in the console, so they are taken out. Tags are
 * told apart from text and from `>` inside quotes; comments and CDATA keep what they hold.
 * @returns `'entities'` where it may declare some, `'malformed'` where no XML parser would take it
 */
export function readSvgMarkup(text: string): SvgMarkup | 'entities' | 'malformed' {
  // Anywhere, so that no disagreement about where a declaration starts can hide one.
  if (/<!ENTITY/i.test(text)) return 'entities';
  const kept: string[] = [];
  /** Names of the elements that are open. The browser's parser answers a missing end with a page of its own, whose style our policy forbids. */
  const open: string[] = [];
  let elements = 0;
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const next = text[at + 1];
    if (next === '!' || next === '?' || next === '/') {
      const end = text.startsWith('<!DOCTYPE', at) ? doctypeEnd(text, at) : pieceEnd(text, at);
      if (typeof end === 'string') return end;
      if (next === '/' && open.pop() !== text.slice(at + 2, nameEnd(text, at + 2))) return 'malformed';
      at = end;
      continue;
    }
    elements++;
    const name = at + 1;
    at = nameEnd(text, name);
    open.push(text.slice(name, at));
    for (;;) {
      const attribute = spaceEnd(text, at);
      const end = nameEnd(text, attribute);
      if (end === attribute) {
        at = attribute;
        break;
      }
      const equals = spaceEnd(text, end);
      const quote = spaceEnd(text, equals + 1);
      const closing = text[equals] === '=' && attribute > at ? closingQuote(text, quote) : -1;
      if (closing < 0) return 'malformed';
      if (isHandler(text, attribute, end)) {
        kept.push(text.slice(from, at));
        from = closing + 1;
      }
      at = closing + 1;
    }
    if (text[at] === '/') {
      at++;
      open.pop();
    }
    if (text[at] !== '>') return 'malformed';
  }
  if (open.length > 0) return 'malformed';
  kept.push(text.slice(from));
  return { text: kept.join(''), elements };
}

/** What opens a piece without attributes, and what closes it; the first that fits counts. */
const PIECES = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['</', '>'],
] as const;

function pieceEnd(text: string, at: number): number | 'malformed' {
  const piece = PIECES.find(([opening]) => text.startsWith(opening, at));
  const closing = piece ? text.indexOf(piece[1], at + piece[0].length) : -1;
  return piece && closing >= 0 ? closing + piece[1].length : 'malformed';
}

function doctypeEnd(text: string, start: number): number | 'entities' | 'malformed' {
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '[') return 'entities';
    if (letter === '>') return at + 1;
    if (letter !== '"' && letter !== "'") continue;
    at = closingQuote(text, at);
    if (at < 0) break;
  }
  return 'malformed';
}

/** Where the quote that opens at `at` is closed; -1 where none opens or it stays open. */
function closingQuote(text: string, at: number): number {
  const quote = text[at];
  return quote === '"' || quote === "'" ? text.indexOf(quote, at + 1) : -1;
}

/** The four that XML has. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function spaceEnd(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

const ENDS_NAME = new Set(Array.from(` \t\r\n=<>"'/`, (mark) => mark.charCodeAt(0)));

function nameEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !ENDS_NAME.has(text.charCodeAt(at))) at++;
  return at;
}

function isHandler(text: string, start: number, end: number): boolean {
  return end - start > 2 && text.slice(start, start + 2).toLowerCase() === 'on';
}
