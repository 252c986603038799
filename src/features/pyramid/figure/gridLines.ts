import type { PixelRect, Size } from '../../../core/model.ts';
import { cellsOnScreen } from '../overlay/overlayGeometry.ts';
import type { PanelModel } from '../panelModel.ts';

/** A rectangle as an SVG path. */
export function outline({ x, y, width, height }: PixelRect): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}

/**
 * The edges of a level's bins over the displayed image, as one SVG path: each edge once, in its true place. Where neighbours
 * overlap, both edges are drawn, one cell or more apart.
 */
export function gridLines(model: PanelModel, level: number, shown: Size): string {
  const { map } = model.inspection;
  const bins = model.bins.filter((bin) => bin.level === level);
  const rows = new Set(bins.flatMap((bin) => [bin.top, bin.bottom]));
  const columns = new Set(bins.flatMap((bin) => [bin.left, bin.right]));
  const whole = cellsOnScreen(model, { top: 0, left: 0, bottom: map.height, right: map.width }, shown);
  // Half a pixel in from the image's own edge, where a line would be cut.
  const inside = (at: number, start: number, length: number): number =>
    Math.min(Math.max(at, start + 0.5), start + length - 0.5);
  const path: string[] = [];
  for (const row of rows) {
    const { y } = cellsOnScreen(model, { top: row, left: 0, bottom: row, right: 0 }, shown);
    path.push(`M${whole.x} ${inside(y, whole.y, whole.height)}h${whole.width}`);
  }
  for (const column of columns) {
    const { x } = cellsOnScreen(model, { top: 0, left: column, bottom: 0, right: column }, shown);
    path.push(`M${inside(x, whole.x, whole.width)} ${whole.y}v${whole.height}`);
  }
  return path.join('');
}
