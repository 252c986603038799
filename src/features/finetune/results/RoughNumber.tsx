import type { RunRow } from '../../../core/project/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { wholePercent } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { discardJob, repeatAccuracy } from '../train/job.ts';
import { whyNotTrain } from '../trainingRequest.ts';
import { roughWords } from '../trainingWords.ts';

/** Where there are few validation photos, or none: that the number is rough, and the way to one that means more. */
export function RoughNumber({ run }: { run: RunRow }) {
  const job = useStore((state) => state.job);
  const jobError = useStore((state) => state.jobError);
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  const { metrics, repeated } = run;
  const rough = roughWords(metrics?.count ?? 0);
  if (!rough && !repeated) return null;
  const going = job?.kind === 'repeat' ? job : null;
  if (going) {
    return (
      <Note actions={<Button onClick={discardJob}>Stop</Button>}>
        <p>Leaving other photos out in turn…</p>
        <ProgressBar label="Other splits" fraction={going.solving?.fraction ?? 0} />
      </Note>
    );
  }
  const again = (
    <Button disabled={reason !== null} title={reason ?? undefined} onClick={() => void repeatAccuracy(run.id)}>
      Repeat with other splits
    </Button>
  );
  return (
    <>
      {jobError?.kind === 'repeat' && <Note tone="error">{jobError.message}</Note>}
      {repeated ? (
        <Note>
          Over {repeated.repeats} times {repeated.folds} other splits it is right on{' '}
          <strong>{wholePercent(repeated.mean)}</strong>, between {wholePercent(repeated.low)} and{' '}
          {wholePercent(repeated.high)} (95 %): each of {repeated.photos} photos was judged {repeated.repeats} times by
          a head that had not seen it.
        </Note>
      ) : (
        <Note actions={again}>{rough}</Note>
      )}
    </>
  );
}
