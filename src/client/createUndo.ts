import { create } from 'zustand';
import { UNDO_MS } from '../core/project/model.ts';

/**
 * The last thing of a kind that can be taken back, for half a minute.
 * @param letGo what is done when it no longer can
 */
export function createUndo<T>(letGo: (gone: T) => void = () => {}) {
  const useLast = create<{ last: T | null }>(() => ({ last: null }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Takes it back. Null where there is nothing to take back. */
  const take = (): T | null => {
    clearTimeout(timer);
    const { last } = useLast.getState();
    useLast.setState({ last: null });
    return last;
  };
  const forget = (): void => {
    const gone = take();
    if (gone !== null) letGo(gone);
  };
  /** Offers a new one; the one before is let go. */
  const offer = (thing: T): void => {
    forget();
    useLast.setState({ last: thing });
    timer = setTimeout(forget, UNDO_MS);
  };
  return { useLast, offer, take, forget };
}
