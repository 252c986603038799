import { describe, expect, it } from 'vitest';
import { binsCsv, cellsCsv } from './binsCsv.ts';
import { panelModel } from '../panelModel.ts';
import { syntheticInspection } from '../syntheticInspection.ts';

describe('binsCsv', () => {
  it('writes a row per bin with its place, strength, channel and evidence', () => {
    const inspection = syntheticInspection({ height: 3, width: 5, channels: 4, levels: [2, 1] });
    const bins = new Float32Array([0.5, -0.25, 0, 1, 2]);
    const evidence = [{ index: 0, label: '=cat', score: 1, logit: 3, bias: 0, bins, cells: null }];
    const model = panelModel('a', { ...inspection, evidence }, { measure: 'strength', channel: 0, classIndex: null });
    const lines = binsCsv(model, 2).trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(
      'bin,level,row,column,top,left,bottom,right,x_px,y_px,width_px,height_px,strength,channel 2,evidence for =cat',
    );
    expect(lines[2]?.split(',').slice(0, 12)).toEqual(['1', '2', '0', '1', '0', '2', '2', '5', '64', '0', '96', '64']);
    expect(lines[2]?.split(',').slice(12).map(Number)).toEqual([model.strengths[1], inspection.vector[4 + 2], -0.25]);
  });
});

describe('cellsCsv', () => {
  it('writes a row per cell with its pixels and evidence', () => {
    const inspection = syntheticInspection({ height: 2, width: 3, channels: 4, levels: [1] });
    const cells = new Float32Array([0, 0.5, 0, 0, 0, -2]);
    const evidence = [{ index: 0, label: 'cat', score: 1, logit: 3, bias: 0, bins: null, cells }];
    const model = panelModel('a', { ...inspection, evidence }, { measure: 'evidence', channel: 0, classIndex: null });
    const lines = cellsCsv(model).trimEnd().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('row,column,x_px,y_px,width_px,height_px,evidence for cat');
    expect(lines[2]).toBe('0,1,32,0,32,32,0.5');
    expect(lines[6]).toBe('1,2,64,32,32,32,-2');
  });
});
