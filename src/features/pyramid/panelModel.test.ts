import { describe, expect, it } from 'vitest';
import type { ClassEvidence, PyramidOptions } from '../../core/model.ts';
import { binsCsv } from './controls/binsCsv.ts';
import { activeBin, binName, isPerCell, panelModel, scaleOf, valueText, vectorMax } from './panelModel.ts';
import { syntheticInspection } from './syntheticInspection.ts';

const strength = { measure: 'strength', channel: 0, classIndex: null } as const;

describe('panelModel', () => {
  const inspection = syntheticInspection({ height: 5, width: 9, channels: 8, levels: [2, 1] });

  it('ranks bins by strength, in all and within each level', () => {
    const model = panelModel('a', inspection, strength);
    expect(model.bins).toHaveLength(5);
    expect(model.rankOfAll[4]).toBe(1); // the whole map holds every maximum
    expect(model.rankInLevel[4]).toBe(1);
    expect(model.rankInLevel.slice(0, 4).sort()).toEqual([1, 2, 3, 4]);
    expect(scaleOf([model])).toEqual({
      kind: 'sequential',
      min: Math.min(...model.strengths),
      max: model.strengths[4],
    });
  });

  it('shows a channel on a scale from 0', () => {
    const model = panelModel('a', inspection, { ...strength, measure: 'channel', channel: 3 });
    expect(Array.from(model.values)).toEqual([0, 1, 2, 3, 4].map((bin) => inspection.vector[bin * 8 + 3]));
    expect(scaleOf([model]).min).toBe(0);
  });

  it('falls back to strength where there is no head, and tells evidence per cell apart', () => {
    expect(panelModel('a', inspection, { ...strength, measure: 'evidence' }).measure).toBe('strength');
    const perCell: ClassEvidence = {
      index: 7,
      label: 'cat',
      score: 0.9,
      logit: 3,
      bias: 0,
      bins: null,
      cells: new Float32Array(45).fill(-0.5),
    };
    const model = panelModel('a', { ...inspection, evidence: [perCell] }, { ...strength, measure: 'evidence' });
    expect(isPerCell(model)).toBe(true);
    expect(scaleOf([model])).toEqual({ kind: 'diverging', min: -0.5, max: 0.5 });
  });

  it('shows no evidence that stands in the bins of another pyramid', () => {
    const ofBins: ClassEvidence = {
      index: 0,
      label: 'rose',
      score: 0.9,
      logit: 3,
      bias: 0,
      bins: new Float32Array([5, 4, 3, 2, 1]),
      cells: null,
    };
    const under = (headPyramid: PyramidOptions) =>
      panelModel('a', { ...inspection, evidence: [ofBins], headPyramid }, { ...strength, measure: 'evidence' });
    const { pyramid } = inspection;
    expect(under(pyramid)).toMatchObject({ measure: 'evidence', classes: [ofBins] });
    for (const other of [{ levels: [1, 2] }, { levels: [3, 1] }, { pooling: 'mean' }] as const) {
      const model = under({ ...pyramid, ...other } as PyramidOptions);
      expect(model).toMatchObject({ measure: 'strength', classes: [], evidence: null });
      expect(binsCsv(model, null)).not.toContain('rose');
    }
  });

  it('takes one scale for two images', () => {
    const other = syntheticInspection({ height: 12, width: 3, channels: 8, levels: [2, 1], seed: 2 });
    const models = [panelModel('a', inspection, strength), panelModel('b', other, strength)];
    expect(scaleOf(models).max).toBe(Math.max(...models.flatMap((model) => [...model.strengths])));
    expect(vectorMax(models)).toBe(Math.max(...inspection.vector, ...other.vector));
  });

  it('lights what is pointed at before what is chosen', () => {
    const model = panelModel('a', inspection, strength);
    expect(activeBin(model, { bin: 1, pointed: null })?.index).toBe(1);
    expect(activeBin(model, { bin: 1, pointed: { bin: 2, channel: null, cell: null } })?.index).toBe(2);
    expect(activeBin(model, { bin: 99, pointed: null })).toBeNull();
    expect(binName(model, model.bins[1] as never)).toBe('row 1, column 2 of 2×2');
  });
});

describe('valueText', () => {
  it('keeps about three figures and signs evidence', () => {
    expect([123.4, 41.23, 4.123, 0.0412, 0, -1.5].map((v) => valueText(v))).toEqual([
      '123',
      '41.2',
      '4.12',
      '0.041',
      '0.000',
      '−1.50',
    ]);
    expect(valueText(0.5, true)).toBe('+0.500');
    expect(valueText(-0.0001, true)).toBe('0.000');
  });
});
