import { describe, expect, it } from 'vitest';
import { moveBin } from './moveBin.ts';

const LEVELS = [4, 2, 1]; // bins 0…15, 16…19, 20

describe('moveBin', () => {
  it('moves within a level', () => {
    expect(moveBin('ArrowRight', 0, LEVELS)).toBe(1);
    expect(moveBin('ArrowDown', 1, LEVELS)).toBe(5);
    expect(moveBin('ArrowUp', 5, LEVELS)).toBe(1);
    expect(moveBin('ArrowLeft', 17, LEVELS)).toBe(16);
    expect(moveBin('Home', 6, LEVELS)).toBe(0);
    expect(moveBin('End', 6, LEVELS)).toBe(15);
  });

  it('crosses to the next level at the same height', () => {
    expect(moveBin('ArrowRight', 3, LEVELS)).toBe(16);
    expect(moveBin('ArrowRight', 15, LEVELS)).toBe(18);
    expect(moveBin('ArrowLeft', 16, LEVELS)).toBe(3 + 4);
    expect(moveBin('ArrowLeft', 18, LEVELS)).toBe(15);
    expect(moveBin('ArrowRight', 19, LEVELS)).toBe(20);
    expect(moveBin('PageDown', 9, LEVELS)).toBe(18);
    expect(moveBin('PageUp', 20, LEVELS)).toBe(18);
  });

  it('stays at the edges and ignores other keys', () => {
    expect(moveBin('ArrowLeft', 0, LEVELS)).toBe(0);
    expect(moveBin('ArrowUp', 0, LEVELS)).toBe(0);
    expect(moveBin('ArrowRight', 20, LEVELS)).toBe(20);
    expect(moveBin('a', 3, LEVELS)).toBeNull();
    expect(moveBin('ArrowRight', 99, LEVELS)).toBeNull();
  });
});
