const LONGEST = 60;

/** A head's name as the stem of a file's name: letters, digits, spaces, `.`, `_` and `-` of any script; nothing that a system could refuse. */
export function fileStem(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-')
    .replace(/ *-[ -]*/g, '-')
    .replace(/ +/g, ' ');
  const short = [...safe].slice(0, LONGEST).join('');
  // Windows drops dots and spaces at the end; a dot in front hides a file.
  return short.replace(/^[-. ]+|[-. ]+$/g, '') || 'model';
}
