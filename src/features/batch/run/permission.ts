/** What TypeScript's DOM library does not have of the File System Access API (Chromium's). */
interface Permitted {
  queryPermission?: (options: { mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
}

declare global {
  interface Window {
    showDirectoryPicker?: (options?: {
      id?: string;
      mode?: 'read' | 'readwrite';
    }) => Promise<FileSystemDirectoryHandle>;
  }
  interface DataTransferItem {
    getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
  }
}

/** Whether all of these folders may be read; asks the person where `ask` (only in an answer to a click: else it is no). */
export async function mayRead(folders: readonly FileSystemDirectoryHandle[], ask: boolean): Promise<boolean> {
  for (const folder of folders) {
    const { queryPermission, requestPermission } = folder as Permitted;
    // Rejects where the browser no longer knows the folder, or will not ask without a click.
    const stateAfter = async (question: Permitted['queryPermission']) =>
      (await question?.call(folder, { mode: 'read' }).catch(() => null)) ?? 'denied';
    let state = await stateAfter(queryPermission);
    if (state === 'prompt' && ask) state = await stateAfter(requestPermission);
    if (state !== 'granted') return false;
  }
  return folders.length > 0;
}

/** Lets the person choose a folder; null where they chose none. */
export async function chooseFolder(mode: 'read' | 'readwrite'): Promise<FileSystemDirectoryHandle | null> {
  try {
    // Two ids, so that the picker opens where each of the two was last.
    return (await window.showDirectoryPicker?.({ id: mode === 'read' ? 'batch' : 'batch-sorted', mode })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
