import { cellsToImage } from '../figure/cellsToImage.ts';
import { oneCell } from '../overlay/overlayGeometry.ts';
import type { PanelModel } from '../panelModel.ts';

/** Cells around the one that fired, on each side: what MobileNetV2 sees of the image from there, for the most part. */
const AROUND = 1;

export interface PatchProps {
  model: PanelModel;
  /** Address of the model's preview. */
  url: string;
  /** Flat cell of the map. */
  cell: number;
}

/** The part of the photo that a cell of the map stands for, with its neighbours, as a square. */
export function Patch({ model, url, cell }: PatchProps) {
  const { map, plan, facts } = model.inspection;
  const { top, left, bottom, right } = oneCell(cell, map.width);
  const { x, y, width, height } = cellsToImage(
    { top: top - AROUND, left: left - AROUND, bottom: bottom + AROUND, right: right + AROUND },
    plan,
  );
  // Within the image, and square as it is drawn.
  const side = Math.min(Math.max(width, height), facts.width, facts.height);
  const middle = { x: x + width / 2, y: y + height / 2 };
  const from = (at: number, length: number): number => Math.min(Math.max(0, at - side / 2), length - side);
  const view = [from(middle.x, facts.width), from(middle.y, facts.height), side, side];
  return (
    <svg viewBox={view.join(' ')} aria-hidden>
      <image href={url} width={facts.width} height={facts.height} preserveAspectRatio="none" />
    </svg>
  );
}
