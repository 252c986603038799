import { memo, type MouseEvent, type PointerEvent } from 'react';
import type { Pointed, PyramidView } from '../../../store/view.ts';
import { count } from '../../../ui/format.ts';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import { Barcode } from './Barcode.tsx';
import type { Band, FigureRow } from './figureLayout.ts';
import { maxPerColumn } from '../readout/measures.ts';
import { activeBin, type PanelModel } from '../panelModel.ts';
import styles from './PyramidFigure.module.css';

export interface VectorStripProps {
  model: PanelModel;
  place: FigureRow;
  bands: Band[];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
  onPoint: (pointed: Pointed | null) => void;
  /** A place on the strip was clicked: this bin, and the largest channel under the pixel. */
  onChoose: (bin: number, channel: number) => void;
}

/** From this width of a bin on, bins and channels are marked in all of them. */
const ROOMY = 12;

/** The vector of one image as a barcode, its bins' colours along the side that faces the grids, its boundaries and marks on it. */
export function VectorStrip({ model, place, bands, view, scale, stripScale, onPoint, onChoose }: VectorStripProps) {
  const { strip } = place;
  const { vector, pyramid } = model.inspection;
  const bins = model.bins.length;
  const step = strip.width / bins;
  const bottom = strip.y + strip.height;
  const active = activeBin(model, view);
  const pointedChannel = view.pointed?.channel ?? null;
  const channel = pointedChannel ?? (model.measure === 'channel' ? view.channel : null);
  const marked = pointedChannel === null && step >= ROOMY ? model.bins : active ? [active] : [];
  const channelX = (bin: number): number => (bin + ((channel ?? 0) + 0.5) / model.channels) * step;
  const parts = pyramid.levels.map((n) => `${count(n * n * model.channels)} from ${n}×${n}`).join(', ');

  /** The bin and its largest channel among the values of the pixel that is pointed at. */
  const under = (event: PointerEvent | MouseEvent): { bin: number; channel: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const columns = Math.max(1, Math.round(box.width * window.devicePixelRatio));
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const at = maxPerColumn(vector, columns).index[Math.min(columns - 1, Math.max(0, column))] ?? 0;
    return { bin: Math.floor(at / model.channels), channel: at % model.channels };
  };

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a shortcut for the pointer; the keyboard reaches bins in the grids and channels in the readout */}
      <div
        className={`${styles['at']} ${styles['strip']}`}
        style={{ left: strip.x, top: strip.y, width: strip.width, height: strip.height }}
        role="img"
        aria-label={`Vector of ${model.name}: ${count(vector.length)} values, ${parts}`}
        onPointerMove={(event) => {
          const next = under(event);
          if (next.bin !== view.pointed?.bin || next.channel !== pointedChannel) onPoint({ ...next, cell: null });
        }}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => onChoose(under(event).bin, under(event).channel)}
      >
        <Barcode values={vector} scale={stripScale} width={strip.width} height={strip.height} />
      </div>
      <svg className={styles['lines']} aria-hidden>
        <StripGround model={model} place={place} bands={bands} scale={scale} />
        {active && (
          <rect
            className={styles['segment']}
            x={active.index * step}
            y={strip.y}
            width={Math.max(2, step)}
            height={strip.height}
          />
        )}
        {channel !== null &&
          marked.map(({ index }) => (
            <path key={index} className={styles['mark']} d={`M${channelX(index) - 3} ${bottom + 5}h6l-3 -5Z`} />
          ))}
      </svg>
    </>
  );
}

type StripGroundProps = Pick<VectorStripProps, 'model' | 'place' | 'bands' | 'scale'>;

/** What does not follow the pointer: the bins' colours, and the boundaries of bins and levels. */
const StripGround = memo(function StripGround({ model, place, bands, scale }: StripGroundProps) {
  const { strip, tabs } = place;
  const step = strip.width / model.bins.length;
  return (
    <>
      {model.bins.map(({ index }) => (
        <rect
          key={index}
          x={index * step}
          y={tabs.y}
          width={step}
          height={tabs.height}
          fill={css(colourOf(scale, model.values[index] ?? 0))}
        />
      ))}
      {step >= ROOMY &&
        model.bins
          .slice(1)
          .map(({ index }) => (
            <path key={index} className={styles['between']} d={`M${index * step} ${strip.y}v${strip.height}`} />
          ))}
      {bands.slice(1).map((band) => (
        <path key={band.level} className={styles['boundary']} d={`M${band.x} ${strip.y}v${strip.height}`} />
      ))}
    </>
  );
});
