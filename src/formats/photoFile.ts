const PHOTO_NAME = /\.(jpe?g|jfif|pjpeg|png|apng|gif|webp|avif|bmp|ico|svg|heic|heif|tiff?)$/i;
/** What systems leave in folders: never photos, whatever their names end with. */
const SYSTEM_NAME = /^(\._.*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** Whether a file in a folder is meant as a photo, by its type or its name. */
export function isPhotoFile(name: string, type: string): boolean {
  return !SYSTEM_NAME.test(name) && (type.startsWith('image/') || PHOTO_NAME.test(name));
}
