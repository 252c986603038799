import type { RunRow } from '../../../core/project/model.ts';
import { memo, type ReactNode, useState } from 'react';
import { predictionsCsv } from '../../../formats/tables/trainingCsv.ts';
import { fileOf } from '../../../client/files.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { saveText } from '../../../ui/files/saveBlob.ts';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { Calibration } from './Calibration.tsx';
import { type GalleryChoice, galleryOf } from './galleryOf.ts';
import { ExamplePoint } from './ExamplePoint.tsx';
import { Gallery } from './Gallery.tsx';
import { PhotoDialog } from '../photos/PhotoDialog.tsx';
import styles from './results.module.css';
import { PyramidChoiceView } from './PyramidChoiceView.tsx';
import { RunCompare } from '../runs/RunCompare.tsx';
import { RoughNumber } from './RoughNumber.tsx';
import { SppWorth } from './SppWorth.tsx';
import { StartButton } from '../StartButton.tsx';
import { Threshold } from './Threshold.tsx';
import { TryIt } from './TryIt.tsx';
import { useStaleness } from '../runs/changesSince.ts';
import { accuracyLine, headlineWords } from '../trainingWords.ts';

export interface ResultsViewProps {
  onOpenInClassify: (file: File) => void;
  onTry: (run: RunRow, photos: readonly File[]) => void;
  onCamera: (run: RunRow) => void;
  renderDownload: (run: RunRow) => ReactNode;
  renderBelowRun: (run: RunRow) => ReactNode;
}

/** How good the open run is, and what it got wrong. */
export const ResultsView = memo(function ResultsView(props: ResultsViewProps) {
  const { runs, openRunId, comparedRunId } = useAppState('runs', 'openRunId', 'comparedRunId');
  const run = runs.find(({ id }) => id === openRunId);
  const compared = runs.find(({ id }) => id === comparedRunId);
  if (!run) {
    return (
      <div className={styles['none']}>
        <p>Train once to see how good it is and which photos it gets wrong.</p>
        <StartButton />
      </div>
    );
  }
  return (
    <div className={styles['results']}>
      <h2 className="visually-hidden">Results of {run.name}</h2>
      {compared ? <RunCompare a={run} b={compared} /> : <RunResults key={run.id} run={run} {...props} />}
    </div>
  );
});

function RunResults({ run, ...props }: ResultsViewProps & { run: RunRow }) {
  const { onOpenInClassify, onTry, onCamera, renderDownload, renderBelowRun } = props;
  const photos = useStore((state) => state.photos);
  const changes = useStaleness(run);
  const { metrics, testMetrics } = run;
  const [choice, setChoice] = useState<GalleryChoice>(() =>
    galleryOf(run.predictions, 'val', 'wrong').length > 0 ? 'wrong' : 'correct',
  );
  const [openPhoto, setOpenPhoto] = useState<{ id: string; ids: readonly string[] } | null>(null);
  const saveCsv = () =>
    saveText(
      predictionsCsv(run, (id) => photos.get(id)?.path ?? id),
      `${run.name} predictions.csv`,
    );
  return (
    <>
      <div className={styles['headline']}>
        <p>{headlineWords(metrics)}</p>
        {metrics && (
          <details className={styles['quiet']}>
            <summary>Details</summary>
            <p>
              {accuracyLine(metrics)}: in brackets the 95 % interval (Wilson). Log loss {metrics.logLoss.toFixed(3)}.
              {testMetrics && ` Test photos: ${accuracyLine(testMetrics, 'test')}.`}
            </p>
          </details>
        )}
        <ExamplePoint run={run} />
      </div>
      <RoughNumber run={run} />
      {changes.length > 0 && (
        <Note tone="warn" actions={<StartButton />}>
          This run is stale: {changes.join(', ')} since.
        </Note>
      )}
      <div className={styles['use']}>
        <TryIt run={run} onTry={onTry} onCamera={onCamera} />
        {renderDownload(run)}
      </div>
      {metrics && (
        <>
          <div className={styles['two']}>
            <ConfusionMatrix run={run} metrics={metrics} choice={choice} onChoose={setChoice} />
            <Calibration run={run} metrics={metrics} />
          </div>
          <Gallery run={run} choice={choice} onChoose={setChoice} onOpen={(id, ids) => setOpenPhoto({ id, ids })} />
          <ClassTable run={run} metrics={metrics} onSave={saveCsv} />
          <Threshold run={run} metrics={metrics} />
        </>
      )}
      {!metrics && (
        <div>
          <Button onClick={saveCsv}>Save predictions as CSV</Button>
        </div>
      )}
      <PyramidChoiceView run={run} />
      <SppWorth run={run} />
      {renderBelowRun(run)}
      {openPhoto && (
        <PhotoDialog
          ids={openPhoto.ids}
          id={openPhoto.id}
          run={run}
          onMove={(id) => setOpenPhoto({ ...openPhoto, id })}
          onClose={() => setOpenPhoto(null)}
          onOpenInClassify={() => {
            const file = fileOf(openPhoto.id);
            if (file) onOpenInClassify(file);
          }}
        />
      )}
    </>
  );
}
