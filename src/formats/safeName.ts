const LONGEST = 120;
/** File systems take 255 bytes of UTF-8; a number may still be put in, and Chromium writes into a file with `.crswap` after the name. */
const MOST_BYTES = 220;
/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)/i;
/** What Windows refuses, controls, and marks that reorder text or are not seen, which hide what a name is. Joiners belong to scripts and stay. */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex
  /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const AT_ENDS = /^[\s.]+|[\s.]+$/gu;

/**
 * A name that every system takes for a file or a folder: no separators, controls or `<>:"|?*`, no dot or space at its ends, at most 120
 * characters and 220 bytes of UTF-8 with the ending (`.jpeg`) kept. Letters of every script stay as they are, composed (NFC).
 * @param fallback what a name of nothing else becomes
 */
export function safeName(name: string, fallback = '_'): string {
  // \p{Cs}: halves of a pair, which cannot be written as UTF-8.
  const plain = name
    .normalize('NFC')
    .replace(/\p{Cs}/gu, '_')
    .replace(UNSAFE, '_')
    .replace(AT_ENDS, '');
  const at = endingStart(plain);
  const ending = plain.slice(at);
  const bytesOf = (text: string) => new TextEncoder().encode(text).length;
  let room = MOST_BYTES - bytesOf(ending);
  const stem = Array.from(plain.slice(0, at)).slice(0, LONGEST - ending.length);
  const fits = stem.filter((letter) => (room -= bytesOf(letter)) >= 0).join('');
  const short = (fits + ending).replace(AT_ENDS, '');
  if (short === '') return fallback;
  return DEVICE.test(short) ? `_${short}` : short;
}

/**
 * The first of `name`, `name 2`, `name 3`, … that is not taken, upper and lower case alike; it is taken then.
 * @param split where the number goes: before the ending
 */
export function untakenName(name: string, taken: Set<string>, split = endingStart(name)): string {
  let candidate = name;
  for (let n = 2; taken.has(candidate.toLowerCase()); n++)
    candidate = `${name.slice(0, split)} ${n}${name.slice(split)}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}

function endingStart(name: string): number {
  return name.length - (/\.[^.]{1,8}$/.exec(name)?.[0].length ?? 0);
}
