import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { paintCells } from '../overlay/CellTint.tsx';
import { isPerCell, measureLabel, type PanelModel, panelModel, scaleOf } from '../panelModel.ts';
import { figureLayout } from './figureLayout.ts';
import { FigurePicture, type TintPicture } from './FigurePicture.tsx';
import { mappedAspect } from './PyramidFigure.tsx';

export interface PictureOptions {
  models: readonly [PanelModel] | readonly [PanelModel, PanelModel];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
}

const WIDTH = 960;
const FONT = '13px system-ui, sans-serif';
/** What the drawing takes from the page's theme. */
const TOKENS = ['--surface', '--ink', '--ink-2', '--hairline', '--hairline-2'];

/** A picture as a `data:` address: nothing else may be fetched from inside an SVG that is drawn as an image. */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new Error('the photo could not be read')));
    reader.readAsDataURL(blob);
  });
}

function tintOf(model: PanelModel, scale: Scale): TintPicture | null {
  const { map } = model.inspection;
  if (!model.evidence?.cells) return null;
  const canvas = document.createElement('canvas');
  paintCells(canvas, model.evidence.cells, map.width, map.height, scale);
  return { href: canvas.toDataURL(), scale };
}

/** A React element's SVG as text that stands by itself, in the page's colours of now. */
function standalone(element: React.ReactElement): string {
  const place = document.createElement('div');
  const root = createRoot(place);
  flushSync(() => root.render(element));
  const svg = place.querySelector('svg');
  if (!svg) throw new Error('there is no drawing to save');
  const page = getComputedStyle(document.documentElement);
  for (const token of TOKENS) svg.style.setProperty(token, page.getPropertyValue(token));
  svg.style.font = FONT;
  const text = new XMLSerializer().serializeToString(svg);
  root.unmount();
  return text;
}

async function png(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('the picture could not be written');
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The panel as a PNG, 2,048 px wide: the page's own figure, with titles, legends and caption around it. */
export async function drawPicture({
  models: shown,
  view,
  scale: shownScale,
  stripScale,
}: PictureOptions): Promise<Blob> {
  // Where evidence is per cell it lies over the images, and the bins are coloured by strength.
  const perCell = shown.some(isPerCell);
  const plain = ({ name, inspection }: PanelModel) => panelModel(name, inspection, { ...view, measure: 'strength' });
  const [first, second] = shown;
  const models: PictureOptions['models'] = !perCell ? shown : second ? [plain(first), plain(second)] : [plain(first)];
  const { levels } = first.inspection.pyramid;
  const measuring = document.createElement('canvas').getContext('2d');
  if (measuring) measuring.font = FONT;
  const picture = createElement(FigurePicture, {
    models,
    layout: figureLayout({ width: WIDTH, levels, aspects: models.map(mappedAspect), withImage: true, tight: true }),
    view,
    scale: perCell ? scaleOf(models) : shownScale,
    stripScale,
    photos: await Promise.all(shown.map(({ inspection }) => dataUrl(inspection.preview))),
    tints: shown.map((model) => (perCell ? tintOf(model, shownScale) : null)),
    tintLabel: measureLabel(first, view.channel),
    textWidth: (text) => measuring?.measureText(text).width ?? 40,
  });
  return png(standalone(picture));
}
