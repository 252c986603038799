import type { Bin } from '../../../core/pyramid/geometry.ts';
import type { PyramidView } from '../../../store/view.ts';
import { activeBin, type PanelModel } from '../panelModel.ts';

/** True for a channel that found nothing anywhere in the image. */
export function allZero({ values }: PanelModel): boolean {
  return Array.from(values).every((value) => value === 0);
}

/** The bin that is spoken of: the lit one; before anything is pointed at, the largest of the first level, so that the place is never empty. */
export function litBin(model: PanelModel, view: Pick<PyramidView, 'bin' | 'pointed'>): Bin | null {
  const active = activeBin(model, view);
  if (active) return active;
  const values = allZero(model) ? model.strengths : model.values;
  const first = model.bins.filter((bin) => bin.level === 0);
  return first.toSorted((a, b) => (values[b.index] ?? 0) - (values[a.index] ?? 0))[0] ?? null;
}
