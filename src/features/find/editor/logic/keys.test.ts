import { expect, it } from 'vitest';
import { actionOf, type KeyPress } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

it.each<[string, KeyPress, boolean, object | null]>([
  ['W', press('w'), false, { do: 'draw' }],
  ['W in Cyrillic', press('ц', { code: 'KeyW' }), false, { do: 'draw' }],
  ['D', press('D'), false, { do: 'step', step: 1 }],
  ['A', press('a'), true, { do: 'step', step: -1 }],
  ['→ with nothing selected', press('ArrowRight'), false, { do: 'step', step: 1 }],
  ['→ with a box', press('ArrowRight'), true, { do: 'move', dx: 1, dy: 0 }],
  ['Shift+↑', press('ArrowUp', { shiftKey: true }), true, { do: 'move', dx: 0, dy: -10 }],
  ['Alt+↓', press('ArrowDown', { altKey: true }), true, { do: 'resize', dx: 0, dy: 1 }],
  ['Alt+Shift+←', press('ArrowLeft', { altKey: true, shiftKey: true }), true, { do: 'resize', dx: -10, dy: 0 }],
  ['Alt+← with nothing selected', press('ArrowLeft', { altKey: true }), false, null],
  ['↓ with nothing selected', press('ArrowDown'), false, null],
  ['Delete', press('Delete'), true, { do: 'delete' }],
  ['Enter', press('Enter'), false, { do: 'enter' }],
  ['Escape', press('Escape'), true, { do: 'escape' }],
  ['Ctrl+D', press('d', { ctrlKey: true }), true, { do: 'copy' }],
  ['Ctrl+Z', press('z', { ctrlKey: true }), true, { do: 'undo' }],
  ['⌘+Shift+Z', press('Z', { metaKey: true, shiftKey: true }), true, { do: 'redo' }],
  ['Ctrl+Y', press('y', { ctrlKey: true }), true, { do: 'redo' }],
  ['Ctrl+A', press('a', { ctrlKey: true }), true, null],
  ['3', press('3', { code: 'Digit3' }), false, { do: 'class', place: 2 }],
  ['3 on a French keyboard', press('"', { code: 'Digit3' }), false, { do: 'class', place: 2 }],
  ['0', press('0', { code: 'Digit0' }), false, { do: 'fit' }],
  ['+', press('+', { shiftKey: true }), false, { do: 'zoom', factor: 1.25 }],
  ['−', press('-'), false, { do: 'zoom', factor: 0.8 }],
  [']', press(']'), false, { do: 'proposal', step: 1 }],
  ['? is the page’s', press('?', { shiftKey: true, code: 'Slash' }), false, null],
  ['Alt+3 is the browser’s', press('3', { code: 'Digit3', altKey: true }), false, null],
])('%s', (_name, key, selected, action) => {
  expect(actionOf(key, selected, 'photo')).toEqual(action);
});

it('leaves a control of the page its own keys', () => {
  for (const key of ['Enter', 'Delete', 'ArrowRight', 'Escape'])
    expect(actionOf(press(key), true, 'control')).toBeNull();
  expect(actionOf(press('w'), false, 'control')).toEqual({ do: 'draw' });
  expect(actionOf(press('z', { ctrlKey: true }), false, 'control')).toEqual({ do: 'undo' });
});
