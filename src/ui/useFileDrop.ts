import { useEffect, useEffectEvent, useState } from 'react';
import { filesFromDataTransfer } from '../engine/droppedFiles.ts';

export interface DroppedFile {
  file: File;
  /** Path inside the dropped folder, or the file's name. */
  path: string;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes files dropped anywhere on the window (folders walked) or pasted.
 * @param onProblem what went wrong when the dropped things could not be listed
 * @param first sees what was dropped before it is listed; true when it takes it and nothing more is to be done
 * @returns true while files are dragged over the window
 */
export function useFileDrop(
  onFiles: (files: DroppedFile[]) => void,
  onProblem: (error: unknown) => void,
  first?: (data: DataTransfer) => boolean,
): boolean {
  const [over, setOver] = useState(false);
  const give = useEffectEvent((data: DataTransfer) => {
    if (first?.(data)) return;
    filesFromDataTransfer(data.items).then((files) => files.length > 0 && onFiles(files), onProblem);
  });

  useEffect(() => {
    const stop = new AbortController();
    const on = { signal: stop.signal };
    const dragging = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    window.addEventListener('dragenter', dragging, on);
    window.addEventListener('dragover', dragging, on);
    // A null relatedTarget means that the pointer left the window, not just an element in it.
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), on);
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!event.dataTransfer || !carriesFiles(event)) return;
        event.preventDefault();
        give(event.dataTransfer);
      },
      on,
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (event.clipboardData?.types.includes('Files')) give(event.clipboardData);
      },
      on,
    );
    return () => stop.abort();
  }, []);
  return over;
}
