import { useRef } from 'react';

/**
 * For a menu's item that puts the focus elsewhere, such as renaming in place: it begins once the menu is gone, and the focus
 * does not go back to the menu's button.
 */
export function useAfterMenu() {
  const next = useRef<(() => void) | null>(null);
  return {
    /** For the item's `onSelect`. */
    after: (work: () => void) => () => void (next.current = work),
    /** For the menu's content. */
    onCloseAutoFocus: (event: Event) => {
      const work = next.current;
      if (!work) return;
      next.current = null;
      event.preventDefault();
      work();
    },
  };
}
