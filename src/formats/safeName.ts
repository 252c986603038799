const LONGEST = 120;
/** File systems take 255 bytes of UTF-8; a number may still be put in, and Chromium writes into a file with `.crswap` after the name. */
const MOST_BYTES = 220;
/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that every system takes for a file or a folder: no separators, controls or `<>:"|?*`, no dot or space at its ends, at most 120
 * characters and 220 bytes of UTF-8 with the ending (`.jpeg`) kept. Letters of every script stay as they are.
 */
export function safeName(name: string): string {
  // oxlint-disable-next-line no-control-regex
  const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069<>:"/\\|?*]/g;
  // \p{Cs}: halves of a pair, which cannot be written as UTF-8.
  const plain = name.replace(/\p{Cs}/gu, '_').replace(controls, '_');
  const trimmed = plain.replace(/^[. ]+|[. ]+$/g, '');
  const ending = /\.[^.]{1,8}$/.exec(trimmed)?.[0] ?? '';
  const stem = Array.from(trimmed.slice(0, trimmed.length - ending.length));
  const bytesOf = (text: string) => new TextEncoder().encode(text).length;
  let room = MOST_BYTES - bytesOf(ending);
  const fits = stem.slice(0, LONGEST - ending.length).filter((letter) => (room -= bytesOf(letter)) >= 0);
  const short = fits.join('') + ending;
  if (short === '') return '_';
  return DEVICE.test(short) ? `_${short}` : short;
}

/** The first of `name`, `name 2`, `name 3`, … (before the ending) that is not taken, upper and lower case alike; it is taken then. */
export function untakenName(name: string, taken: Set<string>): string {
  const ending = /\.[^.]{1,8}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  let candidate = name;
  for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${stem} ${n}${ending}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
