import type { RunRow } from '../../core/project/model.ts';
import styles from '../App.module.css';
import { engine } from '../../client/engineClient.ts';
import type { HeadData } from '../../core/model.ts';
import { ExportPanel, RecommendedExport } from '../../features/export/ExportPanel.tsx';
import { ImportHead } from '../../features/export/ImportHead.tsx';
import { FineTune } from '../../features/finetune/FineTune.tsx';
import { chooseHead } from '../../client/chooseHead.ts';
import { freshHeadName } from '../../store/heads.ts';
import { headOf, keepHead } from '../../client/trainedHeads.ts';
import { useStore } from '../../store/store.ts';
import { addToClassify, openInClassify } from '../classify/openInClassify.ts';

/** A head from a file answers in the Classify tab at once, and is kept with the project where this tab may write it. */
async function takeHead(read: HeadData, _notices: readonly string[], file: string): Promise<void> {
  const head = { ...read, name: freshHeadName(read.name, file, useStore.getState().heads) };
  await engine.setHead(head);
  keepHead(head);
  const { heads, keeping, notDurable, setHeads, addNotice } = useStore.getState();
  setHeads([...heads, { id: head.id, name: head.name, classes: head.classes, threshold: 0 }]);
  chooseHead({ id: head.id });
  const kept = keeping !== 'following' && notDurable === null;
  const how = kept ? 'and is kept with this project' : 'until this page is closed; its file keeps it';
  addNotice(`“${head.name}” answers in the Classify tab ${how}.`);
}

/** Puts photos before a run, in the Classify tab. */
function tryRun(run: RunRow, photos: readonly File[]): void {
  chooseHead({ id: run.id });
  addToClassify(photos);
}

/** Has a run answer to what the camera sees. */
function tryCamera(run: RunRow): void {
  chooseHead({ id: run.id });
  useStore.getState().openCamera(true);
}

function TakeOne({ run }: { run: RunRow }) {
  const head = headOf(run.id);
  return head ? <RecommendedExport run={run} head={head} /> : null;
}

function Take({ run }: { run: RunRow }) {
  const head = headOf(run.id);
  return head ? <ExportPanel run={run} head={head} /> : null;
}

/** Teach it your own classes. */
export default function FineTuneTab() {
  const opening = useStore((state) => state.keeping === 'opening');
  if (opening) return <p className={styles['loading']}>Opening your project…</p>;
  return (
    <FineTune
      onOpenInClassify={openInClassify}
      onTry={tryRun}
      onCamera={tryCamera}
      renderDownload={(run) => <TakeOne key={run.id} run={run} />}
      renderBelowRun={(run) => <Take key={run.id} run={run} />}
      belowRuns={
        <>
          <ImportHead onHead={takeHead} />
          <p className={styles['note']}>A .safetensors file that was saved here, or comes from PyTorch.</p>
        </>
      }
    />
  );
}
