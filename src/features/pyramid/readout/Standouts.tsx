import { capital } from '../../../ui/format.ts';
import type { PyramidView } from '../../../store/view.ts';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { binName, type PanelModel, valueText } from '../panelModel.ts';
import { allZero, litBin } from './litBin.ts';
import { strongestInBin } from './measures.ts';
import { type UnusualChannel, unusualChannels } from './ordinaryChannels.ts';
import { Patch } from './Patch.tsx';
import styles from './Standouts.module.css';
import { useOrdinaryChannels } from './useOrdinaryChannels.ts';

export interface StandoutsProps {
  model: PanelModel;
  view: PyramidView;
  onView: (changes: Partial<PyramidView>) => void;
}

const SHOWN = 5;
/** What is unusual in the bin that is lit: its channels farthest above ordinary photos, each with the part of the photo that it fires on. */
export function Standouts({ model, view, onView }: StandoutsProps) {
  const ordinary = useOrdinaryChannels();
  const { inspection, channels } = model;
  const { vector, argmax, map, preview } = inspection;
  const url = useObjectUrl(preview);
  const bin = litBin(model, view);
  const index = bin?.index ?? 0;
  const n = bin ? (inspection.pyramid.levels[bin.level] ?? 1) : 1;
  const found: UnusualChannel[] =
    ordinary && channels === 1280
      ? unusualChannels(vector.subarray(index * channels, (index + 1) * channels), n, ordinary, SHOWN)
      : strongestInBin(vector, channels, index, SHOWN).map((entry) => ({ ...entry, mean: 0, above: 0 }));
  if (!bin) return null;
  const signed = model.measure === 'evidence';
  const value = valueText(model.values[bin.index] ?? 0, signed);
  const what = signed ? 'evidence' : model.measure === 'channel' ? `channel ${view.channel}` : 'strength';
  return (
    <section className={styles['standouts']} aria-label="What stands out here">
      <h3>
        <span>
          {capital(binName(model, bin))}
          {view.bin === bin.index && <span className={styles['kept']}>kept</span>}
        </span>
        <span>{allZero(model) ? `${what} 0 in every bin` : `${what} ${value}`}</span>
      </h3>
      {found.length === 0 ? (
        <p>Nothing stands out here.</p>
      ) : (
        <ol>
          {found.map(({ channel, value: here, mean }) => {
            const cell = argmax?.[bin.index * channels + channel];
            const place =
              cell === undefined
                ? ''
                : `, at row ${Math.floor(cell / map.width) + 1}, column ${(cell % map.width) + 1}`;
            return (
              <li key={channel}>
                <button
                  type="button"
                  aria-label={`Channel ${channel}: ${here.toFixed(1)}, usually ${mean.toFixed(1)}${place}`}
                  title={`Colour the pyramid and the photo by channel ${channel}`}
                  onClick={() => onView({ channel, measure: 'channel', bin: bin.index })}
                  onPointerEnter={() => onView({ pointed: { bin: bin.index, channel, cell: null } })}
                  onPointerLeave={() => onView({ pointed: null })}
                >
                  <span className={styles['patch']}>
                    {url !== null && cell !== undefined && <Patch model={model} url={url} cell={cell} />}
                  </span>
                  <span>#{channel}</span>
                  <span className={styles['value']}>
                    {here.toFixed(1)} <small>/ {mean.toFixed(1)}</small>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      )}
      <p>
        {ordinary
          ? 'Most unusual channels here: their value / the usual one, and where in the photo they fire.'
          : 'Strongest channels here, and where in the photo they fire.'}
      </p>
    </section>
  );
}
