import type { PyramidView } from '../../../store/view.ts';
import { count } from '../../../ui/format.ts';
import { colourOf, css, inkOn, type Scale } from '../../../ui/charts/palettes.ts';
import { paintCells } from '../overlay/CellTint.tsx';
import { drawStrip } from './drawStrip.ts';
import { figureLayout, type FigureRow } from './figureLayout.ts';
import { gridLines } from './gridLines.ts';
import { cosine } from '../readout/measures.ts';
import { isPerCell, measureLabel, type PanelModel, panelModel, scaleOf, valueText } from '../panelModel.ts';
import { sizeLine } from '../readout/sizeLine.ts';

export interface PictureOptions {
  models: readonly PanelModel[];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
}

const WIDTH = 960;
const RATIO = 2;
const MARGIN = 32;
const TITLE = 32;
const FOOTER = 72;
const FONT = '13px system-ui, sans-serif';

interface Ink {
  ground: string;
  ink: string;
  soft: string;
}

/** The page's colours now, so that the picture matches the theme it was taken in. */
function pageInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return { ground: token('--surface', '#fff'), ink: token('--ink', '#191a1c'), soft: token('--ink-2', '#585b60') };
}

/** The panel as a PNG, 1920 px wide: images under their grids, levels, lines, strips, legend and caption. */
export async function drawPicture({
  models: shown,
  view,
  scale: shownScale,
  stripScale,
}: PictureOptions): Promise<Blob> {
  // Where evidence is per cell it lies over the images, and the bins are coloured by strength.
  const perCell = shown.some(isPerCell);
  const plain = { measure: 'strength', channel: view.channel, classIndex: view.classIndex } as const;
  const models = perCell ? shown.map(({ name, inspection }) => panelModel(name, inspection, plain)) : shown;
  const scale = perCell ? scaleOf(models) : shownScale;
  const [first, second] = models;
  if (!first) throw new Error('there is no image to draw');
  const { levels } = first.inspection.pyramid;
  const aspects = models.map(({ inspection: { plan } }) => plan.source.width / plan.source.height);
  const layout = figureLayout({ width: WIDTH, levels, aspects, withImage: true, tight: true });
  const canvas = document.createElement('canvas');
  canvas.width = (WIDTH + 2 * MARGIN) * RATIO;
  canvas.height = (layout.height + 2 * MARGIN + TITLE * models.length + FOOTER) * RATIO;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  const ink = pageInk();
  context.scale(RATIO, RATIO);
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = FONT;
  context.textBaseline = 'alphabetic';
  context.fillStyle = ink.ink;
  context.fillText(sizeLine(first), MARGIN, MARGIN + 12);
  context.translate(MARGIN, MARGIN + TITLE);

  for (const [i, model] of models.entries()) {
    const row = layout.rows[i];
    const cells = perCell ? shown[i]?.evidence?.cells : null;
    const tint = cells ? { cells, scale: shownScale } : null;
    if (row) await drawRow(context, model, row, i > 0, { view, scale, stripScale, ink, tint });
  }
  context.strokeStyle = ink.ground;
  context.lineWidth = 2;
  for (const { level, x, labelX, labelled } of layout.bands) {
    context.textAlign = 'left';
    if (level > 0) for (const { strip } of layout.rows) context.stroke(new Path2D(`M${x} ${strip.y}v${strip.height}`));
    if (!labelled) continue;
    const n = levels[level] ?? 0;
    context.fillStyle = ink.ink;
    context.fillText(`${n}×${n}`, labelX, layout.labelsY + 18);
    context.fillStyle = ink.soft;
    context.fillText(count(n * n * first.channels), labelX, layout.labelsY + 34);
    if (second) {
      const [from, to] = [first.offsets[level] ?? 0, first.offsets[level + 1] ?? 0];
      const cos = cosine(first.inspection.vector, second.inspection.vector, from * first.channels, to * first.channels);
      context.fillText(`cos ${cos?.toFixed(2) ?? '–'}`, labelX, layout.labelsY + 50);
    }
  }

  let y = layout.height + 24;
  if (second) {
    context.fillStyle = ink.ink;
    context.fillText(sizeLine(second), 0, y);
    y += TITLE;
  }
  drawLegend(context, scale, measureLabel(first, view.channel), 0, y, ink);
  drawLegend(context, stripScale, 'Strip: root mean square of neighbouring values', WIDTH / 3, y, ink);
  if (perCell && shown[0])
    drawLegend(context, shownScale, measureLabel(shown[0], view.channel), (WIDTH * 2) / 3, y, ink);
  context.fillStyle = ink.soft;
  const { rule, pooling } = first.inspection.pyramid;
  context.fillText(
    `Spatial pyramid pooling of MobileNetV2 features: levels ${levels.join(', ')}, rule ${rule}, ${pooling} pooling. Made with Anysize.`,
    0,
    y + 40,
  );

  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/png',
    );
  });
}

interface RowOptions extends Omit<PictureOptions, 'models'> {
  ink: Ink;
  /** Evidence per cell to lay over the image instead of the grid. */
  tint: { cells: Float32Array; scale: Scale } | null;
}

async function drawRow(
  context: CanvasRenderingContext2D,
  model: PanelModel,
  row: FigureRow,
  mirrored: boolean,
  { view, scale, stripScale, ink, tint }: RowOptions,
): Promise<void> {
  const { facts, plan, pyramid, vector, map } = model.inspection;
  const colour = (bin: number): string => css(colourOf(scale, model.values[bin] ?? 0));
  context.textAlign = 'center';
  context.lineWidth = 1;
  row.ribbons.forEach((path, bin) => {
    context.strokeStyle = colour(bin);
    context.stroke(new Path2D(path));
  });

  if (row.image) {
    const { x, y, width, height } = row.image;
    const bitmap = await createImageBitmap(model.inspection.preview);
    const sx = bitmap.width / facts.width;
    const sy = bitmap.height / facts.height;
    const { source } = plan;
    context.drawImage(bitmap, source.x * sx, source.y * sy, source.width * sx, source.height * sy, x, y, width, height);
    bitmap.close();
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.translate(x, y);
    if (tint) {
      const canvas = document.createElement('canvas');
      paintCells(canvas, tint.cells, map.width, map.height, tint.scale);
      context.globalAlpha = 0.55;
      context.imageSmoothingEnabled = false;
      context.drawImage(
        canvas,
        0,
        0,
        ((map.width * 32) / plan.input.width) * width,
        ((map.height * 32) / plan.input.height) * height,
      );
      context.globalAlpha = 1;
    } else {
      const whole = { width: (facts.width / source.width) * width, height: (facts.height / source.height) * height };
      context.translate((-source.x / source.width) * width, (-source.y / source.height) * height);
      const lines = new Path2D(gridLines(model, Math.min(view.gridLevel ?? 0, pyramid.levels.length - 1), whole));
      context.strokeStyle = 'rgb(0 0 0 / 0.35)';
      context.lineWidth = 3;
      context.stroke(lines);
      context.strokeStyle = 'rgb(255 255 255 / 0.86)';
      context.lineWidth = 1;
      context.stroke(lines);
    }
    context.restore();
  }

  row.grids.forEach((box, level) => {
    const n = pyramid.levels[level] ?? 1;
    const first = model.offsets[level] ?? 0;
    context.fillStyle = ink.soft;
    context.fillText(`${n}×${n}`, box.x + box.width / 2, mirrored ? box.y + box.height + 16 : box.y - 6);
    for (let i = 0; i < n * n; i++) {
      const value = model.values[first + i] ?? 0;
      const rgb = colourOf(scale, value);
      const [width, height] = [box.width / n, box.height / n];
      const [x, y] = [box.x + (i % n) * width, box.y + Math.floor(i / n) * height];
      context.fillStyle = css(rgb);
      context.fillRect(x, y, width - 1, height - 1);
      if (width < 36 || height < 18) continue;
      context.fillStyle = inkOn(rgb);
      context.fillText(valueText(value, model.measure === 'evidence'), x + width / 2, y + height / 2 + 4);
    }
  });

  // The strip is drawn in device pixels, one column each.
  context.save();
  context.setTransform(1, 0, 0, 1, MARGIN * RATIO, (MARGIN + TITLE) * RATIO);
  const { x, y, width, height } = row.strip;
  drawStrip(context, vector, stripScale, { x: x * RATIO, y: y * RATIO, width: width * RATIO, height: height * RATIO });
  context.restore();
  model.bins.forEach(({ index }) => {
    context.fillStyle = colour(index);
    context.fillRect(
      (index / model.bins.length) * row.tabs.width,
      row.tabs.y,
      row.tabs.width / model.bins.length,
      row.tabs.height,
    );
  });
}

function drawLegend(
  context: CanvasRenderingContext2D,
  scale: Scale,
  label: string,
  x: number,
  y: number,
  ink: Ink,
): void {
  context.textAlign = 'left';
  context.fillStyle = ink.soft;
  context.fillText(label, x, y);
  const low = valueText(scale.min);
  const ramp = x + context.measureText(low).width + 8;
  context.fillText(low, x, y + 18);
  for (let i = 0; i < 160; i++) {
    context.fillStyle = css(colourOf(scale, scale.min + ((scale.max - scale.min) * i) / 159));
    context.fillRect(ramp + i, y + 9, 1.5, 9);
  }
  context.fillStyle = ink.soft;
  context.fillText(`${valueText(scale.max)}${scale.kind === 'diverging' ? ', white is 0' : ''}`, ramp + 168, y + 18);
}
