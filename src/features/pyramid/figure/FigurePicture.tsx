import type { PyramidView } from '../../../store/view.ts';
import { count, dimensions } from '../../../ui/format.ts';
import { rampOf, type Scale } from '../../../ui/charts/palettes.ts';
import { measureLabel, type PanelModel, valueText } from '../panelModel.ts';
import { FigureLabels } from './FigureLabels.tsx';
import type { Box, FigureLayout } from './figureLayout.ts';
import { FigureRowDrawing } from './FigureRowDrawing.tsx';
import { gridLines } from './gridLines.ts';

/** Device pixels per CSS pixel. */
export const RATIO = 2;
const MARGIN = 32;
const TITLE = 32;
const FOOTER = 72;

/** Evidence per cell, laid over an image. */
export interface TintPicture {
  href: string;
  scale: Scale;
}

export interface FigurePictureProps {
  models: readonly [PanelModel] | readonly [PanelModel, PanelModel];
  layout: FigureLayout;
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
  /** The image of each model, at an address that an SVG may use: `data:`. */
  photos: readonly string[];
  /** What lies over each image instead of the grid; none where it is the grid. */
  tints: readonly (TintPicture | null)[];
  /** Class whose evidence the tint is. */
  tintLabel: string;
  /** Width of a text as it will be drawn, in CSS pixels. */
  textWidth: (text: string) => number;
}

/** "pizza.jpg, 640×404 px: 12×8 cells → 21 × 1280 = 26,880": any size in, one length out. */
function sizeLine({ name, bins, channels, inspection: { facts, map, vector } }: PanelModel): string {
  return `${name}, ${dimensions(facts)} px: ${dimensions(map)} cells → ${bins.length} × ${channels} = ${count(vector.length)}`;
}

const ignore = (): void => {};

/** The panel as one SVG to take away: images under their grids, levels, lines, strips, legends and caption. */
export function FigurePicture(props: FigurePictureProps) {
  const { models, layout, view, scale, stripScale, photos, tints, tintLabel, textWidth } = props;
  const [first, second] = models;
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN + TITLE * models.length + FOOTER;
  const below = layout.height + 24 + (second ? TITLE : 0);
  const { levels, rule, pooling } = first.inspection.pyramid;
  const tint = tints[0];
  const legend = { y: below, textWidth };
  return (
    <svg width={width * RATIO} height={height * RATIO} viewBox={`0 0 ${width} ${height}`}>
      <rect width={width} height={height} fill="var(--surface)" />
      <g transform={`translate(${MARGIN} ${MARGIN})`}>
        <text y={12} fill="var(--ink)">
          {sizeLine(first)}
        </text>
        <g transform={`translate(0 ${TITLE})`}>
          {models.map((model, row) => {
            const place = layout.rows[row];
            if (!place) return null;
            return (
              <g key={row === 0 ? 'image' : 'pinned'}>
                <FigureRowDrawing
                  {...{ row, model, place, view, scale, stripScale }}
                  bands={layout.bands}
                  still
                  ratio={RATIO}
                  onPoint={ignore}
                  onChoose={ignore}
                  onStrip={ignore}
                  onKeyDown={ignore}
                />
                {place.grids.map((box, level) => (
                  <text
                    key={box.x}
                    fill="var(--ink-2)"
                    textAnchor="middle"
                    x={box.x + box.width / 2}
                    y={row > 0 ? box.y + box.height + 16 : box.y - 6}
                  >
                    {levels[level]}×{levels[level]}
                  </text>
                ))}
                {place.image && (
                  <Photo
                    model={model}
                    box={place.image}
                    href={photos[row] ?? ''}
                    tint={tints[row] ?? null}
                    view={view}
                  />
                )}
              </g>
            );
          })}
          <FigureLabels models={models} layout={layout} still />
          {second && (
            <text y={layout.height + 24} fill="var(--ink)">
              {sizeLine(second)}
            </text>
          )}
          <g fill="var(--ink-2)">
            <PictureLegend {...legend} x={0} scale={scale} label={measureLabel(first, view.channel)} />
            <PictureLegend
              {...legend}
              x={layout.width / 3}
              scale={stripScale}
              label="Strip: root mean square of neighbouring values"
            />
            {tint && <PictureLegend {...legend} x={(layout.width * 2) / 3} scale={tint.scale} label={tintLabel} />}
            <text y={below + 40}>
              Spatial pyramid pooling of MobileNetV2 features: levels {levels.join(', ')}, rule {rule}, {pooling}{' '}
              pooling. Made with Anysize.
            </text>
          </g>
        </g>
      </g>
    </svg>
  );
}

interface PhotoProps {
  model: PanelModel;
  box: Box;
  href: string;
  tint: TintPicture | null;
  view: PyramidView;
}

/** The mapped part of an image with a level's grid, or the evidence per cell, over it. */
function Photo({ model, box, href, tint, view }: PhotoProps) {
  const { facts, plan, pyramid, map } = model.inspection;
  const { source, input } = plan;
  const whole = {
    width: (facts.width / source.width) * box.width,
    height: (facts.height / source.height) * box.height,
  };
  const [x, y] = [(-source.x / source.width) * box.width, (-source.y / source.height) * box.height];
  const lines = gridLines(model, Math.min(view.gridLevel ?? 0, pyramid.levels.length - 1), whole);
  return (
    <svg {...box}>
      <image href={href} x={x} y={y} {...whole} preserveAspectRatio="none" />
      {tint ? (
        <image
          href={tint.href}
          width={((map.width * 32) / input.width) * box.width}
          height={((map.height * 32) / input.height) * box.height}
          preserveAspectRatio="none"
          opacity={0.55}
          style={{ imageRendering: 'pixelated' }}
        />
      ) : (
        <g fill="none" transform={`translate(${x} ${y})`}>
          <path d={lines} stroke="rgb(0 0 0 / 0.35)" strokeWidth={3} />
          <path d={lines} stroke="rgb(255 255 255 / 0.86)" />
        </g>
      )}
    </svg>
  );
}

interface PictureLegendProps {
  scale: Scale;
  label: string;
  x: number;
  y: number;
  textWidth: FigurePictureProps['textWidth'];
}

function PictureLegend({ scale, label, x, y, textWidth }: PictureLegendProps) {
  const low = valueText(scale.min);
  const ramp = x + textWidth(low) + 8;
  const id = `ramp-${x}`;
  const colours = rampOf(scale);
  return (
    <>
      <linearGradient id={id}>
        {Array.from(colours.entries(), ([i, colour]) => {
          const offset = i / (colours.length - 1);
          return <stop key={offset} offset={offset} stopColor={colour} />;
        })}
      </linearGradient>
      <text x={x} y={y}>
        {label}
      </text>
      <text x={x} y={y + 18}>
        {low}
      </text>
      <rect x={ramp} y={y + 9} width={160} height={9} fill={`url(#${id})`} />
      <text x={ramp + 168} y={y + 18}>
        {valueText(scale.max)}
        {scale.kind === 'diverging' && ', white is 0'}
      </text>
    </>
  );
}
