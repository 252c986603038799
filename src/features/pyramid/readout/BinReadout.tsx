import type { PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { capital, dimensions } from '../../../ui/format.ts';
import styles from './Readout.module.css';
import { ChannelLens } from './ChannelLens.tsx';
import { cellsToImage } from '../figure/cellsToImage.ts';
import { allZero, litBin } from './litBin.ts';
import { binName, type PanelModel, valueText } from '../panelModel.ts';
import { rangeWords } from './rangeText.ts';

export interface BinReadoutProps {
  model: PanelModel;
  /** The pinned image, whose value of the same bin is told too. */
  other: PanelModel | null;
  view: PyramidView;
  valueScale: Scale;
  onView: (changes: Partial<PyramidView>) => void;
}

const CLASSES = 5;

/** The numbers of the bin that is spoken of: value, rank, evidence per class, its channels, place. */
export function BinReadout({ model, other, view, valueScale, onView }: BinReadoutProps) {
  const bin = litBin(model, view);
  const { inspection } = model;
  const { map, plan, facts } = inspection;
  if (!bin) return null;
  const pixels = cellsToImage(bin, plan);
  const n = inspection.pyramid.levels[bin.level] ?? 1;
  const range = (from: number, length: number): string => `${Math.round(from)}–${Math.round(from + length)}`;
  const withBins = model.classes.filter((entry) => entry.bins);
  const largest = Math.max(...withBins.map((entry) => Math.abs(entry.bins?.[bin.index] ?? 0)), 1e-9);
  const value = model.values[bin.index] ?? 0;
  const signed = model.measure === 'evidence';
  const measure = signed ? 'Evidence' : model.measure === 'channel' ? `Channel ${view.channel}` : 'Strength';
  return (
    <div className={styles['readout']}>
      <h3 className={styles['title']}>{capital(binName(model, bin))}</h3>
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
      {withBins.length > 0 && (
        <section className={styles['columns']}>
          <h4>Evidence per class</h4>
          <ul className={styles['list']}>
            {withBins.slice(0, CLASSES).map((entry) => {
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
