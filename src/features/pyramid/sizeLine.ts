import { count } from '../../ui/format.ts';
import type { PanelModel } from './panelModel.ts';

/** "pizza.jpg, 640×404 px: map 8×12 → 21 × 1280 = 26,880": any size in, one length out. */
export function sizeLine(model: PanelModel): string {
  const { facts, map } = model.inspection;
  return `${model.name}, ${facts.width}×${facts.height} px: map ${map.height}×${map.width} → ${model.bins.length} × ${model.channels} = ${count(model.inspection.vector.length)}`;
}
