import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import { rmsPerColumn } from '../readout/measures.ts';

/**
 * Draws values as a barcode: each device pixel of the width shows the root mean square of its values (a maximum would be 6 almost
 * everywhere under ReLU6). Where there are more pixels than values, each value by itself.
 * @param from,to the stretch of `values` that fills the width
 */
export function drawStrip(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  scale: Scale,
  box: { x: number; y: number; width: number; height: number },
  from = 0,
  to = values.length,
): void {
  const columns = Math.max(1, Math.round(box.width));
  const value = rmsPerColumn(values, columns, from, to);
  for (let column = 0; column < columns; column++) {
    context.fillStyle = css(colourOf(scale, value[column] ?? 0));
    context.fillRect(box.x + column, box.y, 1, box.height);
  }
}
