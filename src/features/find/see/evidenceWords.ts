import type { BoxEvidence, WindowOnMap } from '../../../core/find/model.ts';

export const MAP_NAMES = { last: 'Last map', middle: 'Middle map' } as const;

/** What all bins of a map add to the score. */
export function mapSum({ bins }: WindowOnMap): number {
  return bins.reduce((sum, { evidence }) => sum + evidence, 0);
}

/** A signed number of two digits after the point, with a real minus. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (Number(text) === 0) return '0.00';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** "Bias −1.02, last map +0.84, middle map +1.10: together +0.92, the score." */
export function sumWords({ bias, maps, score }: BoxEvidence): string {
  const parts = maps.map((map) => `${MAP_NAMES[map.map].toLowerCase()} ${signed(mapSum(map))}`);
  return `Bias ${signed(bias)}, ${parts.join(', ')}: together ${signed(score)}, the score.`;
}
