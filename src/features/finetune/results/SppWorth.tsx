import type { RunRow } from '../../../core/project/model.ts';
import type { Comparison } from '../../../core/training/model.ts';
import { pairedGain } from '../../../core/training/pairedGain.ts';
import { strategyName } from '../../../core/training/strategyNames.ts';
import type { SizePolicy } from '../../../core/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { DotPlot } from '../../../ui/charts/DotPlot.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { wholePercent } from '../../../ui/format.ts';
import { COMPARED, COMPARISON_SEEDS, compareStrategies, discardJob } from '../train/job.ts';
import { type Comparing, comparedFraction } from './comparedFraction.ts';
import styles from './results.module.css';
import { whyNotTrain } from '../trainingRequest.ts';

/** "Warp 224, global mean: photo 12 of 200", and how many trainings are done. */
function comparingWords({ strategy, done, total, photos }: Comparing, policy: SizePolicy): string {
  const reading = photos && photos.done < photos.total ? `photo ${photos.done} of ${photos.total}, ` : '';
  return `${strategyName(strategy, policy)}: ${reading}${done} of ${total} trainings done`;
}

/** What each way gains over squashing and a global mean, paired over the splits. */
function Gains({ comparison: { results, policy }, share }: { comparison: Comparison; share: number }) {
  const base = results.find(({ strategy }) => strategy === 'warp');
  if (!base || results.length < 2) return null;
  const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
  return (
    <table className={styles['gains']}>
      <caption>Points gained over {strategyName('warp', policy ?? null)}, with 95 % intervals</caption>
      <tbody>
        {results
          .filter((result) => result !== base)
          .map(({ strategy, accuracies }) => {
            const { mean, margin } = pairedGain(accuracies, base.accuracies, share / (1 - share));
            return (
              <tr key={strategy}>
                <th scope="row">{strategyName(strategy, policy ?? null)}</th>
                <td>
                  {points(mean)} ± {(100 * margin).toFixed(1)}
                </td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}

/** "Is SPP worth it on my photos?": five ways, five splits each, and a plain verdict. */
export function SppWorth({ run }: { run: RunRow }) {
  const job = useStore((state) => state.job);
  const policy = useStore((state) => state.vectorOptions.policy);
  const jobError = useStore((state) => state.jobError);
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  // One split is the built-in example's, whose point stands above.
  const comparison = run.comparison?.seeds.length === 1 ? null : run.comparison;
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
            {comparing ? comparingWords(comparing, policy) : 'Getting ready'}
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
              label: strategyName(strategy, comparison.policy ?? null),
              values: accuracies,
              mean,
              deviation,
              emphasised: comparison.winners.includes(strategy),
            }))}
          />
          <Gains comparison={comparison} share={run.split.share} />
          <p className={styles['quiet']}>
            Validation accuracy; each dot is one of {comparison.seeds.length} splits, the tick their mean, the band one
            standard deviation.
          </p>
        </>
      ) : (
        <p className={styles['quiet']}>
          Trains on your photos in other ways too, over {COMPARISON_SEEDS.length} splits: as others do (squashed,
          cropped), as in the paper, and without a pyramid. Says which wins, or that they tie.
        </p>
      )}
    </section>
  );
}
