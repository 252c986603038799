import { useStore } from '../../../store/store.ts';
import { addClasses } from './addFiles.ts';
import { engine } from '../../../client/engineClient.ts';
import { showExamplePoint, startTraining } from '../train/job.ts';
import { whyNotTrain } from '../trainingRequest.ts';

const PER_CLASS = 24;
const SEED = 1;

/** Resolves when the photos that were just added are read, or their reading was stopped. */
function whenRead(): Promise<void> {
  return new Promise((resolve) => {
    let begun = false;
    const stop = useStore.subscribe(({ reading }) => {
      begun ||= reading !== null;
      if (!begun || reading !== null) return;
      stop();
      resolve();
    });
  });
}

/** The built-in example: drawn images whose class is the quadrant that a shape stands in; trained at once. */
export async function tryExample(): Promise<void> {
  const sets = await engine.quadrantExample(PER_CLASS, SEED);
  const read = whenRead();
  await addClasses(
    sets.map(({ className, files }) => ({
      className,
      files: files.map(({ name, blob }) => new File([blob], name, { type: blob.type })),
    })),
  );
  await read;
  if (whyNotTrain() !== null) return;
  const before = useStore.getState().runs[0];
  await startTraining();
  const run = useStore.getState().runs[0];
  if (run && run !== before) await showExamplePoint(run);
}
