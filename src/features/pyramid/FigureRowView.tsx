import type { KeyboardEvent, PointerEvent } from 'react';
import type { Pointed, PyramidView } from '../../store/view.ts';
import { count } from '../../ui/format.ts';
import { Heatmap } from '../../ui/Heatmap.tsx';
import { colourOf, css, type Scale } from '../../ui/palettes.ts';
import { Barcode } from './Barcode.tsx';
import { BinOverlay } from './BinOverlay.tsx';
import { type Band, binAtX, type Box, type FigureRow } from './figureLayout.ts';
import { FigureLines } from './FigureLines.tsx';
import { maxPerColumn } from './measures.ts';
import { activeBin, binName, measureLabel, type PanelModel, valueText } from './panelModel.ts';
import { PreviewImage } from './PreviewImage.tsx';
import styles from './PyramidFigure.module.css';

export interface FigureRowViewProps {
  /** 0 for the image, 1 for the pinned one, which stands mirrored below. */
  row: number;
  model: PanelModel;
  place: FigureRow;
  bands: Band[];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
  onPoint: (pointed: Pointed | null) => void;
  onChoose: (bin: number) => void;
  onGridLevel: (level: number) => void;
  onChannel: (channel: number) => void;
  onKeyDown: (event: KeyboardEvent, bin: number) => void;
}

const boxStyle = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });
const CAPTION = 20;

/** One image of the figure: picture, grids, lines and strip, each at its place. */
export function FigureRowView(props: FigureRowViewProps) {
  const { row, model, place, bands, view, scale, stripScale, onPoint, onChoose, onGridLevel, onChannel, onKeyDown } =
    props;
  const { levels } = model.inspection.pyramid;
  const active = activeBin(model, view);
  const signed = model.measure === 'evidence';
  const what = measureLabel(model, view.channel);
  const tabStop = view.bin ?? 0;
  const captionTop = (box: Box): number => (row === 0 ? box.y - CAPTION : box.y + box.height);

  /** The bin and the channel that one pixel of the strip shows. */
  const onStrip = (event: PointerEvent | React.MouseEvent): Pointed => {
    const box = event.currentTarget.getBoundingClientRect();
    const columns = Math.max(1, Math.round(box.width * window.devicePixelRatio));
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * columns)));
    const at = maxPerColumn(model.inspection.vector, columns).index[column] ?? 0;
    return { bin: Math.floor(at / model.channels), channel: at % model.channels, cell: null };
  };
  const clickStrip = (event: React.MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onChoose(binAtX(event.clientX - box.left, box.width, model.bins.length));
    onChannel(onStrip(event).channel ?? 0);
  };

  return (
    <div data-row={row}>
      <FigureLines model={model} place={place} bands={bands} view={view} scale={scale} mirrored={row > 0} />
      {place.image && (
        <>
          <p
            className={`${styles['at']} ${styles['caption']}`}
            style={{ left: place.image.x - 20, width: place.image.width + 40, top: captionTop(place.image), margin: 0 }}
          >
            image
          </p>
          <div className={`${styles['at']} ${styles['photo']}`} style={boxStyle(place.image)}>
            <PreviewImage model={model} />
            <div style={overImage(model)}>
              <BinOverlay model={model} view={view} scale={scale} onPoint={onPoint} onChoose={onChoose} />
            </div>
          </div>
        </>
      )}
      {place.grids.map((box, level) => {
        const n = levels[level] ?? 1;
        const first = model.offsets[level] ?? 0;
        const roomy = box.width / n >= 36 && box.height / n >= 18;
        return (
          <div key={n}>
            <div
              className={styles['at']}
              style={{ left: box.x - 20, width: box.width + 40, top: captionTop(box), height: CAPTION }}
            >
              <button
                type="button"
                className={styles['level']}
                aria-pressed={view.gridLevel === level}
                title={`Lay the ${n}×${n} grid over the image`}
                onClick={() => onGridLevel(level)}
              >
                {n}×{n}
              </button>
            </div>
            <div className={styles['at']} style={boxStyle(box)}>
              <Heatmap
                rows={n}
                columns={n}
                firstId={first}
                colour={(i) => colourOf(scale, model.values[first + i] ?? 0)}
                text={(i) => (roomy ? valueText(model.values[first + i] ?? 0, signed) : null)}
                label={`Level ${n}×${n} of ${model.name}: ${what}`}
                cellLabel={(i) => {
                  const bin = model.bins[first + i];
                  return bin
                    ? `${binName(model, bin)}: ${valueText(model.values[bin.index] ?? 0, signed)}, rank ${model.rankInLevel[bin.index]} of ${n * n}`
                    : '';
                }}
                active={active?.level === level ? active.index - first : null}
                chosen={view.bin === null ? null : view.bin - first}
                tabStop={tabStop - first}
                onPoint={(i) => onPoint(i === null ? null : { bin: first + i, channel: null, cell: null })}
                onChoose={(i) => onChoose(first + i)}
                onKeyDown={(event, i) => onKeyDown(event, first + i)}
              />
            </div>
          </div>
        );
      })}
      <div
        className={`${styles['at']} ${styles['strip']}`}
        style={boxStyle(place.strip)}
        role="img"
        aria-label={`Vector of ${model.name}: ${count(model.inspection.vector.length)} values, ${levels.map((n) => `${count(n * n * model.channels)} from ${n}×${n}`).join(', ')}`}
        onPointerMove={(event) => onPoint(onStrip(event))}
        onPointerLeave={() => onPoint(null)}
        onClick={clickStrip}
      >
        <Barcode
          values={model.inspection.vector}
          scale={stripScale}
          width={place.strip.width}
          height={place.strip.height}
        />
      </div>
      <svg className={styles['lines']} aria-hidden>
        <StripMarks model={model} place={place} bands={bands} view={view} />
      </svg>
      <svg className={styles['lines']} aria-hidden>
        {model.bins.map((bin) => (
          <rect
            key={bin.index}
            x={(bin.index / model.bins.length) * place.tabs.width}
            y={place.tabs.y}
            width={place.tabs.width / model.bins.length}
            height={place.tabs.height}
            fill={css(colourOf(scale, model.values[bin.index] ?? 0))}
          />
        ))}
      </svg>
    </div>
  );
}

/** Where the whole image would stand when only its mapped part is shown in a box: the overlay speaks of the whole image. */
function overImage(model: PanelModel): React.CSSProperties {
  const { facts, plan } = model.inspection;
  const { source } = plan;
  return {
    position: 'absolute',
    left: `${(-source.x / source.width) * 100}%`,
    top: `${(-source.y / source.height) * 100}%`,
    width: `${(facts.width / source.width) * 100}%`,
    height: `${(facts.height / source.height) * 100}%`,
  };
}

interface StripMarksProps {
  model: PanelModel;
  place: FigureRow;
  bands: Band[];
  view: PyramidView;
}

/** Level and bin boundaries on the strip, the lit bin's stretch, and the shown channel's place in every bin. */
function StripMarks({ model, place, bands, view }: StripMarksProps) {
  const { strip } = place;
  const bins = model.bins.length;
  const step = strip.width / bins;
  const bottom = strip.y + strip.height;
  const active = activeBin(model, view);
  const channel = view.pointed?.channel ?? (model.measure === 'channel' ? view.channel : null);
  const x = (bin: number): number => (bin + (channel ?? 0) / model.channels) * step;
  return (
    <>
      {step >= 6 &&
        model.bins
          .slice(1)
          .map((bin) => (
            <line
              key={bin.index}
              className={styles['between']}
              x1={bin.index * step}
              x2={bin.index * step}
              y1={strip.y}
              y2={bottom}
            />
          ))}
      {bands.slice(1).map((band) => (
        <line key={band.level} className={styles['boundary']} x1={band.x} x2={band.x} y1={strip.y} y2={bottom} />
      ))}
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
        (view.pointed?.channel == null ? model.bins : active ? [active] : []).map((bin) => (
          <path key={bin.index} className={styles['mark']} d={`M${x(bin.index) - 3} ${bottom + 5}h6l-3 -5Z`} />
        ))}
    </>
  );
}
