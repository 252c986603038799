import { safeName } from '../safeName.ts';

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
