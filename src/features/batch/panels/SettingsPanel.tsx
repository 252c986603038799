import { useId } from 'react';
import { describePolicy, samePolicy } from '../../../core/size/sizing.ts';
import type { AnswerSettings } from '../../../store/settings.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { useTrainedHead } from '../../../client/trainedHeads.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, scaleName, visibleName } from '../../../ui/format.ts';
import { AnswerFields } from '../../../ui/fields/AnswerFields.tsx';
import { HeadSelect } from '../../../ui/fields/HeadSelect.tsx';
import { LookFields } from '../../../ui/fields/LookFields.tsx';
import { SizeFields } from '../../../ui/fields/SizeFields.tsx';
import { HeadSizeNote } from '../../../ui/HeadSizeNote.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { batchSettings, choiceName, settingsDiffer } from '../run/batchSettings.ts';
import { chooseBatchHead } from '../run/chooseBatchHead.ts';
import styles from './Panels.module.css';
import { pageBatch } from '../run/pageBatch.ts';

type Sizes = Pick<AnswerSettings, 'policy' | 'minSide' | 'scales'>;

function sizeWords({ policy, minSide, scales }: Sizes): string {
  const least = minSide > 0 ? `, minimum side ${minSide} px` : '';
  const sizes = scales.map(scaleName).join(', ');
  return describePolicy(policy) + least + (sizes && `, averaged over ${sizes}`);
}

function settingsWords(head: string, sizes: Sizes): string {
  return `${visibleName(head)} (${sizeWords(sizes)})`;
}

/** Which head answers, and at which sizes: Batch's own choice. */
export function AnswerChoice() {
  const id = useId();
  const { heads, settings, changeBatchSettings } = useAppState('heads', 'settings', 'changeBatchSettings');
  const { batch } = settings;
  const { policy, head } = batch;
  const trained = useTrainedHead(head);
  return (
    <>
      <AnswerFields>
        <div>
          <label htmlFor={id}>Classes</label>
          <HeadSelect id={id} head={head} heads={heads} without="sizes and times only" onChoose={chooseBatchHead} />
        </div>
        <SizeFields policy={policy} onPolicy={(policy) => changeBatchSettings({ policy })} />
      </AnswerFields>
      {trained && !samePolicy(trained.policy, policy) && (
        <HeadSizeNote head={trained} chosen={policy} onUse={() => changeBatchSettings({ policy: trained.policy })} />
      )}
      <LookFields settings={batch} onChange={changeBatchSettings} />
    </>
  );
}

/** What the batch is made with, what is chosen now, and what to do where the two differ. */
export function SettingsPanel() {
  const batch = useStore((state) => state.batch);
  const settings = useStore((state) => state.settings.batch);
  const question = useStore((state) => state.batchQuestion);
  const results = useStore((state) => state.batchRows.length);
  const changeBatchSettings = useStore((state) => state.changeBatchSettings);
  if (!batch) return null;
  const differ = settingsDiffer(batch, settings);
  return (
    <section className={styles['panel']} aria-label="Settings">
      <h3>Made with</h3>
      <AnswerChoice />
      {differ && question === null && (
        <Note
          tone="warn"
          actions={
            <>
              <Button onClick={() => void pageBatch.beginAgain()}>New batch</Button>
              <Button onClick={() => changeBatchSettings(batchSettings(batch))}>Back to them</Button>
            </>
          }
        >
          This batch is made with {settingsWords(batch.headName, batchSettings(batch))}. Other settings need a new
          batch, which deletes {results === 1 ? 'its 1 result' : `its ${count(results)} results`}: export them first if
          you need them.
        </Note>
      )}
    </section>
  );
}

/** What was chosen does not go with the batch: the person decides. */
export function QuestionNote() {
  const batch = useStore((state) => state.batch);
  const question = useStore((state) => state.batchQuestion);
  const heads = useStore((state) => state.heads);
  const settings = useStore((state) => state.settings.batch);
  const results = useStore((state) => state.batchRows.length);
  if (!batch || question === null) return null;
  const other = question === 'settings';
  return (
    <Note
      tone="warn"
      actions={
        <>
          <Button look="primary" onClick={() => void pageBatch.answerQuestion('this')}>
            {other ? 'Go on as before' : 'Add to this batch'}
          </Button>
          <Button onClick={() => void pageBatch.answerQuestion('new')}>New batch</Button>
          <Button look="link" onClick={() => void pageBatch.answerQuestion('neither')}>
            Neither
          </Button>
        </>
      }
    >
      {other
        ? `This batch is made with ${settingsWords(batch.headName, batchSettings(batch))}; now chosen: ${settingsWords(choiceName(settings.head, heads), settings)}.`
        : 'None of these photos has a result in this batch.'}{' '}
      A new batch deletes the {plural(results, 'result')} of this one.
    </Note>
  );
}
