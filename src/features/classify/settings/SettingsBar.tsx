import { useState } from 'react';
import type { SizePolicyKind } from '../../../core/model.ts';
import { DEFAULT_MAX_PIXELS, policyName, toPolicy } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, visibleName } from '../../../ui/format.ts';
import { HeadField } from './HeadField.tsx';
import { HeadSizeNote } from '../../../ui/HeadSizeNote.tsx';
import { samePolicy } from '../../../store/freshness.ts';
import { useTrainedHead } from '../../../client/trainedHeads.ts';
import { MoreSettings } from './MoreSettings.tsx';
import { POLICIES } from './policies.ts';
import { PolicyNote } from './PolicyNote.tsx';
import { queue } from '../list/queue.ts';
import styles from './SettingsBar.module.css';
import { useStaleIds } from './useStaleIds.ts';

const MIN_SIDE = 32;
const MAX_SIDE = 2048;
/** As large as images may be at all; rounded up as the field rounds. */
const MAX_MEGAPIXELS = Math.round(DEFAULT_MAX_PIXELS / 1e5) / 10;

/**
 * How images are sized, and which head answers. What was made with other settings is offered to be made again.
 * @param folded on narrow pages: one line that opens, so that the image comes first
 */
export function SettingsBar({ folded }: { folded: boolean }) {
  const policy = useStore((state) => state.settings.policy);
  const stale = useStaleIds();
  if (!folded) {
    return (
      <section className={styles['bar']} aria-label="Settings">
        <Controls />
        <div className={styles['below']}>
          <PolicyNote />
          <AgainButton stale={stale} />
        </div>
        <TrainedSizeNote />
        <MoreSettings />
      </section>
    );
  }
  return (
    <section className={styles['bar']} aria-label="Settings">
      <details className={styles['fold']}>
        <summary>
          Settings: <HeadName />, {policyName(policy)}
        </summary>
        <Controls />
        <PolicyNote />
        <MoreSettings />
      </details>
      <TrainedSizeNote />
      <AgainButton stale={stale} />
    </section>
  );
}

function Controls() {
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <div className={styles['controls']}>
      <HeadField label="Classes" />
      <label>
        Size
        <select
          value={policy.kind}
          onChange={(event) => changeSettings({ policy: toPolicy(event.target.value as SizePolicyKind) })}
        >
          {POLICIES.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <PolicyNumber key={JSON.stringify(policy)} />
    </div>
  );
}

/** Where the chosen head learned from photos of another size. */
function TrainedSizeNote() {
  const trained = useTrainedHead();
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  if (!trained || samePolicy(trained.policy, policy)) return null;
  return <HeadSizeNote head={trained} chosen={policy} onUse={() => changeSettings({ policy: trained.policy })} />;
}

function AgainButton({ stale }: { stale: ReadonlySet<string> }) {
  if (stale.size === 0) return null;
  return (
    <Button className={styles['again']} onClick={() => queue.again([...stale])}>
      Classify all again ({count(stale.size)})
    </Button>
  );
}

function HeadName() {
  const head = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  if (head === 'imagenet') return 'ImageNet labels';
  if (head === 'none') return 'no classes';
  return <bdi>{visibleName(heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is gone')}</bdi>;
}

/** The side in pixels, or for `native` the limit in megapixels; taken over on Enter or on leaving the field. */
function PolicyNumber() {
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  const megapixels = policy.kind === 'native';
  const now = megapixels ? Math.round(policy.maxPixels / 1e5) / 10 : 'side' in policy ? policy.side : null;
  const [text, setText] = useState(String(now));
  if (now === null) return null;
  const [min, max] = megapixels ? [0.1, MAX_MEGAPIXELS] : [MIN_SIDE, MAX_SIDE];

  const take = () => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) return setText(String(now));
    if (value === now) return;
    if (policy.kind === 'native') {
      const maxPixels = Math.min(DEFAULT_MAX_PIXELS, Math.round(value * 1e6));
      changeSettings({ policy: { kind: 'native', maxPixels } });
    } else if ('side' in policy) changeSettings({ policy: { ...policy, side: Math.round(value) } });
  };
  return (
    <label>
      <span className="visually-hidden">{megapixels ? 'Limit' : 'Side'}</span>
      <input
        className={styles['side']}
        type="number"
        min={min}
        max={max}
        step={megapixels ? 0.1 : 1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      {megapixels ? 'MP' : 'px'}
    </label>
  );
}
