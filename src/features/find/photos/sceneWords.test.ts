import { expect, test } from 'vitest';
import { sceneMark, sceneWords } from './sceneWords.ts';

const box = { id: '1', classId: 'a', box: [0, 0, 1, 1] as const };

test('a photo says how many boxes it has, whether it is complete, and what was found', () => {
  expect(sceneMark({ boxes: [], complete: false }, null)).toBeNull();
  expect(sceneMark({ boxes: [box, box], complete: false }, null)).toBe('2');
  expect(sceneMark({ boxes: [box], complete: true }, 0)).toBe('1 ✓ found 0');
  expect(sceneMark({ boxes: [], complete: true }, null)).toBe('✓');
  expect(sceneWords({ boxes: [], complete: true }, null)).toBe('0 boxes, complete');
  expect(sceneWords({ boxes: [box], complete: false }, 3)).toBe('1 box, not complete, 3 found');
});
