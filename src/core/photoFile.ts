const PHOTO_NAME = /\.(jpe?g|jfif|pjpeg|png|apng|gif|webp|avif|bmp|ico|svg|heic|heif|tiff?)$/i;
/** Folders that systems leave on disks and in zips. */
const SYSTEM_FOLDER = /^(__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd)$/i;
/** Also AppleDouble files (`._photo.jpg`), which carry a photo's name and none of its pixels. */
const SYSTEM_FILE = /^(\._.*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** Whether a file or folder of this name is what a system left there: never a photo, whatever the name ends with. */
export function isSystemName(name: string): boolean {
  return SYSTEM_FOLDER.test(name) || SYSTEM_FILE.test(name);
}

/** Whether any part of a path, its folders or its name, is what a system left there. */
export function isSystemPath(path: string): boolean {
  return path.split(/[/\\]/).some(isSystemName);
}

/** Whether a file in a folder is meant as a photo, by its type or its name. */
export function isPhotoFile(name: string, type: string): boolean {
  return !isSystemName(name) && (type.startsWith('image/') || PHOTO_NAME.test(name));
}

/** Names as people order them: IMG_9 before IMG_10. */
export const naturalOrder = new Intl.Collator('en', { numeric: true });
