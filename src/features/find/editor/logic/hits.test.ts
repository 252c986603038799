import { describe, expect, it } from 'vitest';
import { clickedBox, handleAt, hitAt, REACH } from './hits.ts';

const rect = { x: 100, y: 100, width: 200, height: 100 };
const small = { x: 150, y: 120, width: 20, height: 20 };
const targets = [
  { id: 'large', rect },
  { id: 'small', rect: small },
];

describe('what a press holds', () => {
  it.each([
    [95, 95, 'nw'],
    [200, 108, 'n'],
    [305, 92, 'ne'],
    [290, 150, 'e'],
    [311, 211, 'se'],
    [200, 195, 's'],
    [90, 205, 'sw'],
    [110, 150, 'w'],
    [200, 150, 'move'],
    [200, 220, null],
  ] as const)('(%i, %i) is %s', (x, y, expected) => {
    expect(handleAt({ x, y }, rect, REACH.fine)).toBe(expected);
  });

  it('leaves the middle of a small box to be moved by', () => {
    expect(handleAt({ x: 160, y: 130 }, small, REACH.coarse)).toBe('move');
    expect(handleAt({ x: 131, y: 130 }, small, REACH.coarse)).toBe('w');
  });

  it('is the selected box first, then the smallest', () => {
    const at = { x: 160, y: 130 };
    expect(hitAt(at, targets, null, REACH.fine)).toEqual({ kind: 'box', id: 'small' });
    expect(hitAt(at, targets, 'large', REACH.fine)).toEqual({ kind: 'box', id: 'large' });
    expect(hitAt({ x: 100, y: 150 }, targets, 'large', REACH.fine)).toEqual({
      kind: 'handle',
      id: 'large',
      handle: 'w',
    });
    expect(hitAt({ x: 100, y: 150 }, targets, null, REACH.fine)).toEqual({ kind: 'box', id: 'large' });
    expect(hitAt({ x: 20, y: 20 }, targets, 'large', REACH.fine)).toBeNull();
  });

  it('is with each click the next larger box', () => {
    const at = { x: 160, y: 130 };
    expect(clickedBox(at, targets, null)).toBe('small');
    expect(clickedBox(at, targets, 'small')).toBe('large');
    expect(clickedBox(at, targets, 'large')).toBe('small');
    expect(clickedBox({ x: 5, y: 5 }, targets, 'large')).toBeNull();
  });
});
