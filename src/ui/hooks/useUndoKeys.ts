import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../isTyping.ts';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), but for where a text is typed, which has an undo of its own, and for what a part has answered itself. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target) || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undo();
    else if ((key === 'z' && event.shiftKey) || key === 'y') redo();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
