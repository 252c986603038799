import { useEffect } from 'react';

/**
 * Marks the page as used by keyboard or by pointer. Tabs take the focus by script when they are pressed, which browsers hold for the keyboard's:
 * without the mark a click would draw its ring.
 */
export function useModality(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    const pointer = () => void (dataset['modality'] = 'pointer');
    const keyboard = () => void (dataset['modality'] = 'keyboard');
    window.addEventListener('pointerdown', pointer, true);
    window.addEventListener('keydown', keyboard, true);
    return () => {
      window.removeEventListener('pointerdown', pointer, true);
      window.removeEventListener('keydown', keyboard, true);
    };
  }, []);
}
