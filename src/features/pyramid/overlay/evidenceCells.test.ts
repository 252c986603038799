import { expect, test } from 'vitest';
import { panelModel } from '../panelModel.ts';
import { syntheticInspection } from '../syntheticInspection.ts';
import { evidenceCells, evidenceScale } from './evidenceCells.ts';

test('a trained head’s evidence lies over the photo: each bin’s spread over its cells, with nothing lost', () => {
  const inspection = syntheticInspection({ height: 4, width: 4, channels: 8, levels: [2, 1] });
  const bins = Float32Array.of(4, 0, 0, -4, 16);
  const evidence = [{ index: 0, label: 'cat', score: 0.9, logit: 16, bias: 0, bins, cells: null }];
  const shown = { measure: 'evidence', channel: 0, classIndex: null } as const;
  const cells = evidenceCells(panelModel('a', { ...inspection, evidence }, shown));
  expect(cells && Array.from(cells.slice(0, 4))).toEqual([2, 2, 1, 1]);
  expect(cells && Array.from(cells.slice(12))).toEqual([1, 1, 0, 0]);
  expect(cells?.reduce((a, b) => a + b, 0)).toBeCloseTo(16);
  expect(evidenceScale(cells ?? new Float32Array())).toMatchObject({ kind: 'diverging', max: 2 });
  expect(evidenceCells(panelModel('a', inspection, shown))).toBeNull();
});
