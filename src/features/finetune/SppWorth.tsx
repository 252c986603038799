import type { Strategy } from '../../engine/finetune/protocol.ts';
import { useStore } from '../../store/store.ts';
import type { RunRow } from '../../store/training.ts';
import { Button } from '../../ui/Button.tsx';
import { DotPlot } from '../../ui/DotPlot.tsx';
import { Note } from '../../ui/Note.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { wholePercent } from '../../ui/format.ts';
import { COMPARED, COMPARISON_SEEDS, compareStrategies, discardJob } from './job.ts';
import { type Comparing, comparedFraction } from './comparing.ts';
import styles from './ResultsView.module.css';
import { whyNotTrain } from './trainingRequest.ts';

const NAMES: Readonly<Record<Strategy, string>> = {
  crop: 'Centre crop 224',
  warp: 'Squashed to 224',
  mean: 'Own shape, global mean',
  spp: 'Own shape, pyramid (SPP)',
};

/** "Squashed to 224: photo 12 of 200", and how many trainings are done. */
function comparingWords({ strategy, done, total, photos }: Comparing): string {
  const reading = photos && photos.done < photos.total ? `photo ${photos.done} of ${photos.total}, ` : '';
  return `${NAMES[strategy]}: ${reading}${done} of ${total} trainings done`;
}

/** "Is SPP worth it on my photos?": four ways, five splits each, and a plain verdict. */
export function SppWorth({ run }: { run: RunRow }) {
  const job = useStore((state) => state.job);
  const jobError = useStore((state) => state.jobError);
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  const { comparison } = run;
  const going = job?.kind === 'compare' ? job : null;
  const comparing = going?.comparing ?? null;
  return (
    <section aria-label="Is SPP worth it on my photos?">
      <div className={styles['head']}>
        <h3>Is SPP worth it on my photos?</h3>
        {going ? (
          <Button disabled={going.status === 'stopping'} onClick={discardJob}>
            Stop
          </Button>
        ) : (
          <Button disabled={reason !== null} title={reason ?? undefined} onClick={() => void compareStrategies(run.id)}>
            {comparison ? 'Compare again' : 'Compare'}
          </Button>
        )}
      </div>
      {jobError?.kind === 'compare' && <Note tone="error">{jobError.message}</Note>}
      {going ? (
        <>
          <p className={styles['quiet']} role="status">
            {comparing ? comparingWords(comparing) : 'Getting ready'}
          </p>
          <ProgressBar label="Comparison" fraction={comparing ? comparedFraction(comparing, COMPARED) : 0} />
        </>
      ) : comparison ? (
        <>
          <p>{comparison.verdict}</p>
          <DotPlot
            label="Validation accuracy"
            format={wholePercent}
            rows={comparison.results.map(({ strategy, accuracies, mean, deviation }) => ({
              label: NAMES[strategy],
              values: accuracies,
              mean,
              deviation,
              emphasised: comparison.winners.includes(strategy),
            }))}
          />
          <p className={styles['quiet']}>
            Validation accuracy; each dot is one of {comparison.seeds.length} splits, the tick their mean, the band one
            standard deviation.
          </p>
        </>
      ) : (
        <p className={styles['quiet']}>
          Trains the same head on the same splits ({COMPARISON_SEEDS.length} of them) with a centre crop, a squashed
          square, the whole image with a global mean, and the pyramid chosen in the options, and says which wins or that
          they tie.
        </p>
      )}
    </section>
  );
}
