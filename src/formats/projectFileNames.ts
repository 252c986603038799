/** Names of files in a project file: safe on every system, and read by torchvision's ImageFolder. */

const MAX_NAME_BYTES = 120;
// What Windows refuses in names; control characters and marks that reorder text, which hide what a name is.
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Extensions that ImageFolder takes for images. */
const IMAGE_FOLDER = /\.(jpe?g|png|ppm|bmp|pgm|tiff?|webp)$/i;
const EXTENSIONS: Readonly<Record<string, string>> = Object.freeze({
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/avif': '.avif',
  'image/svg+xml': '.svg',
});

/** A name as every file system takes it: no separators or control characters, no reserved name, not too long. */
export function safeName(name: string, fallback: string): string {
  let safe = name
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '_')
    .replace(UNSAFE, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  while (new TextEncoder().encode(safe).length > MAX_NAME_BYTES) safe = [...safe].slice(0, -1).join('').trimEnd();
  if (safe === '') return fallback;
  return RESERVED.test(safe) ? `_${safe}` : safe;
}

/** Hands out names that differ from all before also where case does not count: "rose", "Rose (2)". */
export class UniqueNames {
  private readonly taken = new Set<string>();

  /** @param split where a number is put in: before a file's extension */
  take(name: string, split = name.length): string {
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name.slice(0, split)} (${n})${name.slice(split)}`;
      const key = candidate.toLowerCase();
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      return candidate;
    }
  }
}

/** A photo's file name; one without an image's extension gets that of its type, so that ImageFolder finds it. */
export function photoFileName(name: string, type: string): { name: string; split: number } {
  const own = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '';
  const wanted = IMAGE_FOLDER.test(name) ? own : (EXTENSIONS[type] ?? own);
  const keeps = wanted.toLowerCase() === own.toLowerCase();
  const stem = safeName(keeps ? name.slice(0, name.length - own.length) : name, 'photo');
  return { name: stem + (keeps ? own : wanted), split: stem.length };
}

/** A relative path of plain parts: nothing that climbs, starts at a root or a drive, or hides. */
export function isSafePath(path: string): boolean {
  return (
    path.length <= 1000 &&
    // oxlint-disable-next-line no-control-regex
    !/[\\:\u0000-\u001f]/u.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
