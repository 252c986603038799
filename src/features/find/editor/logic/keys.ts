/** What a key asks the editor to do. */
export type EditorAction =
  | { do: 'draw' | 'escape' | 'delete' | 'enter' | 'copy' | 'complete' | 'undo' | 'redo' | 'fit' }
  | { do: 'move' | 'resize'; dx: number; dy: number }
  | { do: 'step'; step: 1 | -1 }
  | { do: 'proposal'; step: 1 | -1 }
  | { do: 'class'; place: number }
  | { do: 'zoom'; factor: number };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Where the keys go: to the photo, or to another control of the page, which keeps those it may need itself. */
export type KeyPlace = 'photo' | 'control';

const ZOOM_STEP = 1.25;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The letter as it is printed on the key, or on keyboards of other scripts the one that stands there on a Latin one. */
function letterOf({ key, code }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^[\x20-\x7e]$/.test(key) ? '' : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '');
}

function withControl(press: KeyPress): EditorAction | null {
  const letter = letterOf(press);
  if (press.altKey) return null;
  if (letter === 'z') return { do: press.shiftKey ? 'redo' : 'undo' };
  if (press.shiftKey) return null;
  if (letter === 'y') return { do: 'redo' };
  return letter === 'd' ? { do: 'copy' } : null;
}

function withArrow(press: KeyPress, [x, y]: readonly [number, number], selected: boolean): EditorAction | null {
  if (selected) {
    const by = press.shiftKey ? 10 : 1;
    return { do: press.altKey ? 'resize' : 'move', dx: x * by || 0, dy: y * by || 0 };
  }
  if (press.altKey || press.shiftKey || x === 0) return null;
  return { do: 'step', step: x > 0 ? 1 : -1 };
}

/** Letters, digits and signs, which no other control of the page takes. */
function anywhere(press: KeyPress): EditorAction | null {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1] ?? (/^[0-9]$/.test(press.key) ? press.key : null);
  if (press.key === '+' || press.key === '=') return { do: 'zoom', factor: ZOOM_STEP };
  if (press.key === '-' || press.key === '−') return { do: 'zoom', factor: 1 / ZOOM_STEP };
  if (press.key === '[' || press.key === ']') return { do: 'proposal', step: press.key === ']' ? 1 : -1 };
  if (press.shiftKey && !/^[0-9]$/.test(press.key)) return null;
  if (digit === '0') return { do: 'fit' };
  if (digit) return { do: 'class', place: Number(digit) - 1 };
  const letter = letterOf(press);
  if (letter === 'w') return { do: 'draw' };
  return letter === 'a' || letter === 'd' ? { do: 'step', step: letter === 'd' ? 1 : -1 } : null;
}

/**
 * What a key does, null for nothing. Space is not among them: it is known only when it is let go whether it was held to pan.
 * @param selected whether a box is selected
 */
export function actionOf(press: KeyPress, selected: boolean, place: KeyPlace): EditorAction | null {
  if (press.ctrlKey || press.metaKey) return withControl(press);
  if (place === 'photo') {
    const arrow = ARROWS[press.key];
    if (arrow) return withArrow(press, arrow, selected);
    if (press.key === 'Delete' || press.key === 'Backspace') return { do: 'delete' };
    if (press.key === 'Enter') return { do: 'enter' };
    if (press.key === 'Escape') return { do: 'escape' };
  }
  return press.altKey ? null : anywhere(press);
}
