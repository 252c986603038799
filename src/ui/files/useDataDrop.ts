import { useEffect, useEffectEvent, useState } from 'react';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes what carries files and is dropped anywhere on the window, or pasted, in the event itself.
 * @returns true while files are dragged over the window
 */
export function useDataDrop(onData: (data: DataTransfer) => void): boolean {
  const [over, setOver] = useState(false);
  const give = useEffectEvent(onData);

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
