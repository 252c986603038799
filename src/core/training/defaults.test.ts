import { expect, test } from 'vitest';
import { PAPER_TEST_SIDES, PAPER_TRAIN_SIDES } from './defaults.ts';

test("the paper's sizes are the paper's", () => {
  expect(PAPER_TRAIN_SIDES).toEqual([224, 180]);
  expect(PAPER_TEST_SIDES).toEqual([224, 256, 300, 360, 448, 560]);
});
