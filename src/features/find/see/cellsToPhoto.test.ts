import { expect, it } from 'vitest';
import type { Box } from '../../../core/find/boxes.ts';
import { windowCells } from '../../../core/find/windowCells.ts';
import { createRandom } from '../../../core/random.ts';
import { cellsToPhoto } from './cellsToPhoto.ts';

it('puts the cell where the padding puts it', () => {
  // Phase 31 at 224 px and stride 32: the first cell is centred at 31.5.
  const size = { width: 224, height: 224 };
  expect(cellsToPhoto({ left: 0, top: 0, right: 1, bottom: 2 }, 32, size, size)).toEqual([15.5, 15.5, 47.5, 79.5]);
});

it('leads back to the window: the box of a window’s cells takes those cells', () => {
  const random = createRandom(4);
  const photo = { width: 640, height: 427 };
  const input = { width: 450, height: 300 };
  for (let i = 0; i < 200; i++) {
    const [x, y] = [random.uniform(0, 500), random.uniform(0, 300)];
    const box: Box = [x, y, x + random.uniform(20, 140), y + random.uniform(20, 120)];
    for (const stride of [16, 32]) {
      const cells = windowCells(box, photo, input, stride);
      const drawn = cellsToPhoto(cells, stride, input, photo);
      // A hair within: a box that ends on the middle between two cells takes either.
      const inner: Box = [drawn[0] + 1, drawn[1] + 1, drawn[2] - 1, drawn[3] - 1];
      expect(windowCells(inner, photo, input, stride)).toEqual(cells);
    }
  }
});
