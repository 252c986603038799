import { describe, expect, it } from 'vitest';
import type { Scale, ScaleResult } from '../../core/model.ts';
import { sizeVerdict } from './sizeVerdict.ts';

const at = (scale: Scale, label: string, score: number) =>
  ({ scale, top: [{ index: label.codePointAt(0) ?? 0, label, score }] }) as ScaleResult;
const average = (label: string, score: number) => [{ index: label.codePointAt(0) ?? 0, label, score }];

describe('sizeVerdict', () => {
  it('gives the range where all sizes agree', () => {
    const scales = [at(224, 'dog', 0.8), at(256, 'dog', 0.951), at('native', 'dog', 0.4)];
    expect(sizeVerdict({ scales, average: average('dog', 0.717) })).toBe(
      'All 3 sizes say “dog”: from 40.0\u00a0% (native) to 95.1\u00a0% (256 px).',
    );
  });

  it('names the sizes of each best class where they differ, and the average', () => {
    const scales = [at(224, 'dog', 0.8), at(448, 'cat', 0.5), at(560, 'dog', 0.4)];
    expect(sizeVerdict({ scales, average: average('dog', 0.45) })).toBe(
      'The best class depends on the size: “dog” at 224 px, 560 px; “cat” at 448 px. On average it is “dog”, 45.0\u00a0%.',
    );
  });

  it('says nothing without classes', () => {
    expect(
      sizeVerdict({ scales: [{ scale: 224, top: [] as never[] } as unknown as ScaleResult], average: [] }),
    ).toBeNull();
  });
});
