import { useStore } from '../../../store/store.ts';
import { addClasses } from './addFiles.ts';
import { engine } from '../../../client/engineClient.ts';
import { showExamplePoint, startTraining } from '../train/job.ts';
import { whenRead } from '../../../client/photos/ingest.ts';
import { whyNotTrain } from '../trainingRequest.ts';

const PER_CLASS = 24;
const SEED = 1;

/** The built-in example: drawn images whose class is the quadrant that a shape stands in; trained at once. */
export async function tryExample(): Promise<void> {
  const sets = await engine.quadrantExample(PER_CLASS, SEED);
  await addClasses(
    sets.map(({ className, files }) => ({
      className,
      files: files.map(({ name, blob }) => new File([blob], name, { type: blob.type })),
    })),
  );
  await whenRead();
  if (whyNotTrain() !== null) return;
  const before = useStore.getState().runs[0];
  await startTraining();
  const run = useStore.getState().runs[0];
  if (run && run !== before) await showExamplePoint(run);
}
