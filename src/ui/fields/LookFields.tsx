import type { Looks } from '../../core/labels/looks.ts';
import { isReadyHead } from '../../core/labels/readyHeads.ts';
import type { Decoding, HeadChoice, Scale } from '../../core/model.ts';
import { DEFAULT_SCALES, MIN_SIDES } from '../../core/size/sizing.ts';
import styles from './AnswerFields.module.css';

/** How an image is looked at beyond its size. */
export interface LookSettings {
  minSide: number;
  scales: readonly Scale[];
  head: HeadChoice;
  looks: Looks;
  /** How much of large photos is decoded; not asked where absent. */
  decoding?: Decoding;
}

export interface LookFieldsProps {
  settings: LookSettings;
  onChange: (changes: { minSide?: number; scales?: Scale[]; looks?: Looks; decoding?: Decoding }) => void;
}

const SIX: readonly Scale[] = DEFAULT_SCALES.filter((scale) => scale !== 'native');
const CHOICES: readonly { value: string; label: string; scales: readonly Scale[] }[] = [
  { value: 'one', label: 'One size', scales: [] },
  { value: 'six', label: '6 sizes, averaged', scales: SIX },
  { value: 'seven', label: '6 sizes and native, averaged', scales: DEFAULT_SCALES },
];

/** What is chosen here, in few words. */
function says({ minSide, scales, decoding }: LookSettings): string {
  return [
    minSide > 0 ? `minimum side ${minSide} px` : 'no minimum side',
    scales.length > 0 ? `average of ${scales.length} sizes` : 'one size',
    ...(decoding === 'whole' ? ['photos decoded whole'] : []),
  ].join(', ');
}

/** A minimum side for small and thin images, and answers averaged over several sizes: off unless asked for. */
export function LookFields({ settings, onChange }: LookFieldsProps) {
  const { minSide, scales, head, looks, decoding } = settings;
  const chosen = CHOICES.find((choice) => choice.scales.join() === scales.join());
  return (
    <details className={styles['fold']}>
      <summary>More: {says(settings)}</summary>
      <div className={styles['controls']}>
        <label>
          Minimum side
          <select value={minSide} onChange={(event) => onChange({ minSide: Number(event.target.value) })}>
            {MIN_SIDES.map((side) => (
              <option key={side} value={side}>
                {side === 0 ? 'Off' : `${side} px`}
              </option>
            ))}
          </select>
        </label>
        <label>
          Sizes
          <select
            value={chosen?.value ?? 'own'}
            onChange={(event) => {
              const choice = CHOICES.find(({ value }) => value === event.target.value);
              if (choice) onChange({ scales: [...choice.scales] });
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
        {decoding && (
          <label>
            Large JPEGs, in all tabs
            <select
              value={decoding}
              onChange={(event) => onChange({ decoding: event.target.value === 'whole' ? 'whole' : 'needed' })}
            >
              <option value="needed">Decoded as far as needed, faster</option>
              <option value="whole">Decoded whole</option>
            </select>
          </label>
        )}
        {isReadyHead(head) && (
          <label>
            Looks
            <select value={looks} onChange={(event) => onChange({ looks: event.target.value === '1' ? 1 : 2 })}>
              <option value={2}>Two, surer</option>
              <option value={1}>One, faster</option>
            </select>
          </label>
        )}
      </div>
      <p className={styles['note']}>
        {scales.length > 0
          ? `The classes are the mean over ${scales.length} sizes: surer, and ${scales.length} times as slow.`
          : 'Smaller photos are scaled up to the minimum side, their shape kept. At 128 px no part of a 4×4 grid repeats.'}
      </p>
    </details>
  );
}
