import { expect, it } from 'vitest';
import { AnysizeError } from './errors.ts';
import { isOutOfMemory, namingFile, OutOfMemory } from './outOfMemory.ts';

it('knows what browsers throw when an array cannot be had, and nothing else', () => {
  // V8's own words, twice; then SpiderMonkey's and JavaScriptCore's.
  let thrown: unknown;
  try {
    thrown = new Float32Array(2 ** 40);
  } catch (error) {
    thrown = error;
  }
  expect(isOutOfMemory(thrown)).toBe(true);
  expect(isOutOfMemory(new RangeError('Array buffer allocation failed'))).toBe(true);
  expect(isOutOfMemory(new RangeError('Out of memory'))).toBe(true);
  expect(isOutOfMemory(new OutOfMemory('x'))).toBe(true);
  expect(isOutOfMemory(new RangeError('Maximum call stack size exceeded'))).toBe(false);
  expect(isOutOfMemory(new RangeError('Offset is outside the bounds of the DataView'))).toBe(false);
  expect(isOutOfMemory(new Error('Array buffer allocation failed'))).toBe(false);
});

it('names the file and what to do; other errors stay as they are', () => {
  const named = namingFile(new OutOfMemory('the WASM heap has no 5 bytes left'), 'panorama.jpg') as AnysizeError;
  expect(named).toBeInstanceOf(AnysizeError);
  expect(named.name).toBe('OutOfMemory');
  expect(named.message).toMatch(/^“panorama\.jpg” needs more memory .* choose a smaller size\.$/);
  const other = new AnysizeError('UnreadableImage', 'x');
  expect(namingFile(other, 'panorama.jpg')).toBe(other);
});
