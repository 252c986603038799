/** The Files behind the rows, outside the store: the store holds plain data only. */
const files = new Map<string, File>();
let count = 0;

/** Keeps a file and returns the id under which the store's row and every engine task refer to it. */
export function keepFile(file: File): string {
  const id = `image-${++count}`;
  files.set(id, file);
  return id;
}

export function fileOf(id: string): File | undefined {
  return files.get(id);
}

export function forgetFile(id: string): void {
  files.delete(id);
}
