import { count, dimensions } from '../../../ui/format.ts';
import type { PanelModel } from '../panelModel.ts';

/** "pizza.jpg, 640×404 px: 12×8 cells → 21 × 1280 = 26,880": any size in, one length out. */
export function sizeLine(model: PanelModel): string {
  const { facts, map } = model.inspection;
  return `${model.name}, ${dimensions(facts)} px: ${dimensions(map)} cells → ${model.bins.length} × ${model.channels} = ${count(model.inspection.vector.length)}`;
}
