import { readyName } from '../../../core/labels/readyHeads.ts';
import { policyName, samePolicy } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';
import { AnswerFields } from '../../../ui/fields/AnswerFields.tsx';
import { SizeFields } from '../../../ui/fields/SizeFields.tsx';
import { Button } from '../../../ui/Button.tsx';
import { count, visibleName } from '../../../ui/format.ts';
import { HeadField } from './HeadField.tsx';
import { HeadSizeNote } from '../../../ui/HeadSizeNote.tsx';
import { useTrainedHead } from '../../../client/trainedHeads.ts';
import { LargeNote } from './PolicyNote.tsx';
import { queue } from '../list/queue.ts';
import styles from './SettingsBar.module.css';
import { useStaleIds } from './useStaleIds.ts';

/**
 * How images are sized, and which head answers. What was made with other settings is offered to be made again.
 * @param folded on narrow pages: one line that opens, so that the image comes first
 */
export function SettingsBar({ folded }: { folded: boolean }) {
  const policy = useStore((state) => state.settings.policy);
  const stale = useStaleIds();
  return (
    <section className={styles['bar']} aria-label="Settings">
      {folded ? (
        <details className={styles['fold']}>
          <summary>
            Settings: <HeadName />, {policyName(policy)}
          </summary>
          <Controls />
        </details>
      ) : (
        <Controls />
      )}
      <div className={styles['notes']}>
        <AgainButton stale={stale} />
        <LargeNote />
        <TrainedSizeNote />
      </div>
    </section>
  );
}

function Controls() {
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <AnswerFields>
      <HeadField label="Classes" />
      <SizeFields policy={policy} onPolicy={(policy) => changeSettings({ policy })} />
    </AnswerFields>
  );
}

/** Where the chosen head learned from photos of another size. */
function TrainedSizeNote() {
  const { policy, head } = useStore((state) => state.settings);
  const trained = useTrainedHead(head);
  const changeSettings = useStore((state) => state.changeSettings);
  if (!trained || samePolicy(trained.policy, policy)) return null;
  return <HeadSizeNote head={trained} chosen={policy} onUse={() => changeSettings({ policy: trained.policy })} />;
}

function AgainButton({ stale }: { stale: ReadonlySet<string> }) {
  if (stale.size === 0) return null;
  return <Button onClick={() => queue.again([...stale])}>Classify all again ({count(stale.size)})</Button>;
}

function HeadName() {
  const head = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  if (typeof head !== 'object') return readyName(head);
  return <bdi>{visibleName(heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is gone')}</bdi>;
}
