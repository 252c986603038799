import { memo, type MouseEvent, type PointerEvent } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import { count } from '../../../ui/format.ts';
import { activeBin, type PanelModel } from '../panelModel.ts';
import { maxPerColumn } from '../readout/measures.ts';
import type { Band, FigureRow } from './figureLayout.ts';
import { useBarcode } from './useBarcode.ts';

export interface VectorStripProps {
  model: PanelModel;
  place: FigureRow;
  bands: readonly Band[];
  /** What is lit and chosen; null in a picture, where nothing is. */
  view: PyramidView | null;
  scale: Scale;
  stripScale: Scale;
  /** Device pixels per CSS pixel. */
  ratio: number;
  onPoint: (pointed: Pointed | null) => void;
  /** A place on the strip was clicked: this bin, and the largest channel under the pixel. */
  onChoose: (bin: number, channel: number) => void;
}

/** From this width of a bin on, bins and channels are marked in all of them. */
const ROOMY = 12;

/** The vector of one image as a barcode, its bins' colours along the side that faces the grids, its boundaries, and what is lit on it. */
export function VectorStrip(props: VectorStripProps) {
  const { model, place, bands, view, scale, stripScale, ratio, onPoint, onChoose } = props;
  const { strip } = place;
  const { vector, pyramid } = model.inspection;
  const step = strip.width / model.bins.length;
  const bottom = strip.y + strip.height;
  const active = view && activeBin(model, view);
  const pointedChannel = view?.pointed?.channel ?? null;
  const channel = pointedChannel ?? (view && model.measure === 'channel' ? view.channel : null);
  const marked = pointedChannel === null && step >= ROOMY ? model.bins : active ? [active] : [];
  const channelX = (bin: number): number => (bin + ((channel ?? 0) + 0.5) / model.channels) * step;
  const parts = pyramid.levels.map((n) => `${count(n * n * model.channels)} from ${n}×${n}`).join(', ');
  const barcode = useBarcode({ values: vector, scale: stripScale, columns: strip.width * ratio });

  /** The bin and its largest channel among the values of the pixel that is pointed at. */
  const under = (event: PointerEvent | MouseEvent): { bin: number; channel: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const columns = Math.max(1, Math.round(box.width * ratio));
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const at = maxPerColumn(vector, columns).index[Math.min(columns - 1, Math.max(0, column))] ?? 0;
    return { bin: Math.floor(at / model.channels), channel: at % model.channels };
  };

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a shortcut for the pointer; the keyboard reaches bins in the grids and channels in the readout */}
      <image
        {...strip}
        href={barcode}
        preserveAspectRatio="none"
        style={{ imageRendering: 'pixelated', cursor: 'crosshair', touchAction: 'pan-y', pointerEvents: 'auto' }}
        role="img"
        aria-label={`Vector of ${model.name}: ${count(vector.length)} values, ${parts}`}
        onPointerMove={(event) => {
          const next = under(event);
          if (next.bin !== view?.pointed?.bin || next.channel !== pointedChannel) onPoint({ ...next, cell: null });
        }}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => onChoose(under(event).bin, under(event).channel)}
      />
      <BinColours model={model} place={place} scale={scale} />
      {view && step >= ROOMY && (
        <path
          stroke="var(--surface)"
          opacity={0.45}
          pointerEvents="none"
          d={model.bins.map(({ index }) => (index > 0 ? `M${index * step} ${strip.y}v${strip.height}` : '')).join('')}
        />
      )}
      <path
        stroke="var(--surface)"
        strokeWidth={2}
        pointerEvents="none"
        d={bands.map(({ level, x }) => (level > 0 ? `M${x} ${strip.y}v${strip.height}` : '')).join('')}
      />
      {active && (
        <rect
          x={active.index * step}
          y={strip.y}
          width={Math.max(2, step)}
          height={strip.height}
          fill="none"
          stroke="var(--ink)"
          strokeWidth={2}
          pointerEvents="none"
        />
      )}
      {channel !== null &&
        marked.map(({ index }) => (
          <path key={index} fill="var(--ink)" d={`M${channelX(index) - 3} ${bottom + 5}h6l-3 -5Z`} />
        ))}
    </>
  );
}

/** The bins' colours. Memoised: they do not follow the pointer. */
const BinColours = memo(function BinColours({
  model,
  place,
  scale,
}: Pick<VectorStripProps, 'model' | 'place' | 'scale'>) {
  const { tabs } = place;
  const step = tabs.width / model.bins.length;
  return model.bins.map(({ index }) => (
    <rect
      key={index}
      x={index * step}
      y={tabs.y}
      width={step}
      height={tabs.height}
      fill={css(colourOf(scale, model.values[index] ?? 0))}
    />
  ));
});
