import type { MultiScaleResult } from '../../core/model.ts';
import { percent, visibleName, scaleName } from '../../ui/format.ts';

/** What size did to one image's best class, in one or two plain sentences; null where there are no classes. */
export function sizeVerdict({ scales, average }: Pick<MultiScaleResult, 'scales' | 'average'>): string | null {
  const mean = average[0];
  const answers = scales.flatMap(({ scale, top }) => (top[0] ? [{ name: scaleName(scale), best: top[0] }] : []));
  if (!mean || answers.length === 0) return null;
  const byClass = new Map<number, { label: string; names: string[] }>();
  for (const { name, best } of answers) {
    const known = byClass.get(best.index);
    if (known) known.names.push(name);
    else byClass.set(best.index, { label: visibleName(best.label), names: [name] });
  }
  if (byClass.size === 1) {
    const sorted = answers.toSorted((a, b) => a.best.score - b.best.score);
    const [low, high] = [sorted[0]!, sorted.at(-1)!];
    return `All ${answers.length} sizes say “${visibleName(mean.label)}”: from ${percent(low.best.score)} (${low.name}) to ${percent(high.best.score)} (${high.name}).`;
  }
  const said = [...byClass.values()].map(({ label, names }) => `“${label}” at ${names.join(', ')}`);
  return `The best class depends on the size: ${said.join('; ')}. On average it is “${visibleName(mean.label)}”, ${percent(mean.score)}.`;
}
