import { useMemo } from 'react';
import { type Scale, sequential } from '../../ui/charts/palettes.ts';
import { type PanelModel, scaleOf, stripScaleOf, vectorMax } from './panelModel.ts';

/** The images that are drawn under each other, and the colour scales that they share. */
export interface PanelScales {
  models: readonly [PanelModel] | readonly [PanelModel, PanelModel];
  /** The pinned image, where its bins can stand under the first one's. */
  other: PanelModel | null;
  scale: Scale;
  stripScale: Scale;
  valueScale: Scale;
}

/** @param second the pinned image, where it is another one; drawn where it was pooled with the same levels */
export function usePanelScales(first: PanelModel, second: PanelModel | null): PanelScales {
  const levels = (model: PanelModel): string => model.inspection.pyramid.levels.join();
  const other = second !== null && levels(second) === levels(first) ? second : null;
  const models = useMemo((): PanelScales['models'] => (other ? [first, other] : [first]), [first, other]);
  const scale = useMemo(() => scaleOf(models), [models]);
  const stripScale = useMemo(() => stripScaleOf(models), [models]);
  const valueScale = useMemo(() => sequential(0, Math.max(vectorMax(models), 1e-6)), [models]);
  return { models, other, scale, stripScale, valueScale };
}
