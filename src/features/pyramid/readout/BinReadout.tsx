import type { Bin } from '../../../core/pyramid/geometry.ts';
import type { PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { dimensions } from '../../../ui/format.ts';
import styles from './Readout.module.css';
import { ChannelLens } from './ChannelLens.tsx';
import { cellsToImage } from '../figure/cellsToImage.ts';
import { countEqual, strongestInBin } from './measures.ts';
import { activeBin, binName, type PanelModel, valueText } from '../panelModel.ts';
import { rangeWords } from './rangeText.ts';

export interface BinReadoutProps {
  model: PanelModel;
  /** The pinned image, whose value of the same bin is told too. */
  other: PanelModel | null;
  view: PyramidView;
  valueScale: Scale;
  onView: (changes: Partial<PyramidView>) => void;
}

const STRONGEST = 5;

/** What is shown before anything is pointed at: the largest bin of the first level; where all are alike, the strongest. */
function largestBin(model: PanelModel): Bin | null {
  const first = model.bins.filter((bin) => bin.level === 0);
  const by = (values: ArrayLike<number>) =>
    first.toSorted((a, b) => (values[b.index] ?? 0) - (values[a.index] ?? 0))[0];
  return by(allZero(model) ? model.strengths : model.values) ?? null;
}

/** True for a channel that found nothing anywhere in the image. */
function allZero({ values }: PanelModel): boolean {
  return Array.from(values).every((value) => value === 0);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The numbers of the lit bin: place, value, rank, strongest channels with their peaks, evidence per class. Before anything is pointed at, those of the largest bin, so that the place is never empty. */
export function BinReadout({ model, other, view, valueScale, onView }: BinReadoutProps) {
  const active = activeBin(model, view);
  const bin = active ?? largestBin(model);
  const { inspection } = model;
  const { map, plan, facts } = inspection;
  if (!bin) return null;
  const pixels = cellsToImage(bin, plan);
  const n = inspection.pyramid.levels[bin.level] ?? 1;
  const range = (from: number, length: number): string => `${Math.round(from)}–${Math.round(from + length)}`;
  const strongest = strongestInBin(inspection.vector, model.channels, bin.index, STRONGEST);
  const tied = countEqual(inspection.vector, model.channels, bin.index, strongest[0]?.value ?? 0);
  const withBins = model.classes.filter((entry) => entry.bins);
  const largest = Math.max(...withBins.map((entry) => Math.abs(entry.bins?.[bin.index] ?? 0)), 1e-9);
  const name = binName(model, bin);
  const title = active ? capital(name) : `${allZero(model) ? 'Strongest' : 'Largest'}: ${name}`;
  const value = model.values[bin.index] ?? 0;
  const signed = model.measure === 'evidence';
  const measure = signed ? 'Evidence' : model.measure === 'channel' ? `Channel ${view.channel}` : 'Strength';
  return (
    <div className={styles['readout']}>
      <h3 className={styles['title']}>
        {title}
        {view.bin === bin.index && <span className={styles['kept']}>kept</span>}
      </h3>
      <dl className={styles['facts']}>
        <div>
          <dt>{measure}</dt>
          <dd>
            {allZero(model)
              ? '0 in every bin'
              : `${valueText(value, signed)}, rank ${model.rankInLevel[bin.index]} of ${n * n} here, ${model.rankOfAll[bin.index]} of ${model.bins.length} in all`}
          </dd>
        </div>
        {other && (
          <div>
            <dt>Pinned image</dt>
            <dd>
              {valueText(other.values[bin.index] ?? 0, signed)}, {other.rankInLevel[bin.index]} of {n * n} there
            </dd>
          </div>
        )}
      </dl>
      <div className={styles['columns']}>
        <section>
          <h4>
            Strongest channels
            {tied > STRONGEST && ` (first ${STRONGEST} of ${tied} at ${strongest[0]?.value.toFixed(2)})`}
          </h4>
          <ol className={styles['list']}>
            {strongest.map(({ channel, value }) => {
              const cell = inspection.argmax?.[bin.index * model.channels + channel];
              return (
                <li key={channel}>
                  <button
                    type="button"
                    onClick={() => onView({ channel, measure: 'channel', bin: bin.index })}
                    onPointerEnter={() => onView({ pointed: { bin: bin.index, channel, cell: null } })}
                    onPointerLeave={() => onView({ pointed: null })}
                    title={`Colour all bins by channel ${channel}`}
                  >
                    <span>#{channel}</span>
                    <meter min={0} max={valueScale.max} value={value} aria-hidden />
                    <span>{value.toFixed(2)}</span>
                    <span className={styles['where']}>
                      {cell === undefined
                        ? ''
                        : `at row ${Math.floor(cell / map.width) + 1}, col ${(cell % map.width) + 1}`}
                    </span>
                  </button>
                </li>
              );
            })}
            {strongest.length === 0 && <li>All channels are 0 here.</li>}
          </ol>
        </section>
        {withBins.length > 0 && (
          <section>
            <h4>Evidence per class</h4>
            <ul className={styles['list']}>
              {withBins.slice(0, STRONGEST).map((entry) => {
                const value = entry.bins?.[bin.index] ?? 0;
                const share = (Math.abs(value) / largest) * 50;
                return (
                  <li key={entry.index} className={styles['class']}>
                    <bdi>{entry.label}</bdi>
                    <span className={styles['bar']} aria-hidden>
                      <span
                        className={value < 0 ? styles['against'] : styles['for']}
                        style={{ width: `${share}%`, left: `${value < 0 ? 50 - share : 50}%` }}
                      />
                    </span>
                    <span>{valueText(value, true)}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        )}
      </div>
      <ChannelLens model={model} view={view} bin={bin} scale={valueScale} onView={onView} />
      <dl className={styles['facts']}>
        <div>
          <dt>Cells</dt>
          <dd>
            {bin.right - bin.left}×{bin.bottom - bin.top} of {dimensions(map)}:{' '}
            {rangeWords('column', bin.left, bin.right)}, {rangeWords('row', bin.top, bin.bottom)}
          </dd>
        </div>
        <div>
          <dt>Pixels</dt>
          <dd>
            x {range(pixels.x, pixels.width)}, y {range(pixels.y, pixels.height)} of {dimensions(facts)}
          </dd>
        </div>
      </dl>
      <p className={styles['hint']}>Point, tap or use the arrow keys to light up a bin; Enter keeps it, Esc lets go.</p>
    </div>
  );
}
