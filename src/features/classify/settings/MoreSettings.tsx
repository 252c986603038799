import { isReadyHead } from '../../../core/labels/readyHeads.ts';
import type { Scale } from '../../../core/model.ts';
import { DEFAULT_SCALES } from '../../../core/size/sizing.ts';
import { MIN_SIDES } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';
import styles from './SettingsBar.module.css';

const SIX: readonly Scale[] = DEFAULT_SCALES.filter((scale) => scale !== 'native');
const CHOICES: readonly { value: string; label: string; scales: readonly Scale[] }[] = [
  { value: 'one', label: 'One size', scales: [] },
  { value: 'six', label: '6 sizes, averaged', scales: SIX },
  { value: 'seven', label: '6 sizes and native, averaged', scales: DEFAULT_SCALES },
];

/** What is chosen here, in few words. */
function says(minSide: number, scales: readonly Scale[]): string {
  return [
    minSide > 0 ? `minimum side ${minSide} px` : 'no minimum side',
    scales.length > 0 ? `average of ${scales.length} sizes` : 'one size',
  ].join(', ');
}

/** A minimum side for small and thin images, and answers averaged over several sizes: off unless asked for. */
export function MoreSettings() {
  const { minSide, scales, head, looks } = useStore((state) => state.settings);
  const changeSettings = useStore((state) => state.changeSettings);
  const chosen = CHOICES.find((choice) => choice.scales.join() === scales.join());
  return (
    <details className={styles['fold']}>
      <summary>More: {says(minSide, scales)}</summary>
      <div className={styles['controls']}>
        <label>
          Minimum side
          <select value={minSide} onChange={(event) => changeSettings({ minSide: Number(event.target.value) })}>
            {MIN_SIDES.map((side) => (
              <option key={side} value={side}>
                {side === 0 ? 'Off' : `${side} px`}
              </option>
            ))}
          </select>
        </label>
        <label>
          Classes from
          <select
            value={chosen?.value ?? 'own'}
            onChange={(event) => {
              const choice = CHOICES.find(({ value }) => value === event.target.value);
              if (choice) changeSettings({ scales: [...choice.scales] });
            }}
          >
            {CHOICES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            {!chosen && <option value="own">{scales.length} sizes, averaged</option>}
          </select>
        </label>
        {isReadyHead(head) && (
          <label>
            Looks
            <select value={looks} onChange={(event) => changeSettings({ looks: event.target.value === '1' ? 1 : 2 })}>
              <option value={2}>Two, surer</option>
              <option value={1}>One, faster</option>
            </select>
          </label>
        )}
      </div>
      <p className={styles['note']}>
        {scales.length > 0
          ? `The classes are the mean of the probabilities at ${scales.length} sizes: ${scales.length + 1} feature maps instead of 1, with the one for the pyramid, whose size is chosen above.`
          : 'Smaller images are scaled up to the minimum side, their shape kept: 32 px is one cell of the feature map, 128 px four, so that no cell repeats in a 4×4 grid.'}
      </p>
    </details>
  );
}
