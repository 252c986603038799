import type { RunRow } from '../../../core/project/model.ts';
import { useStore } from '../../../store/store.ts';
import { wholePercent } from '../../../ui/format.ts';
import styles from './results.module.css';

/** What the built-in example is there for: the same photos learned from one mean, and with the pyramid, on one split. Nothing for other runs. */
export function ExamplePoint({ run: { comparison, classes } }: { run: Pick<RunRow, 'comparison' | 'classes'> }) {
  const comparing = useStore(({ job }) => job?.kind === 'compare' && job.example);
  const mean = comparison?.results.find(({ strategy }) => strategy === 'mean')?.accuracies[0];
  const pyramid = comparison?.results.find(({ strategy }) => strategy !== 'mean')?.accuracies[0];
  const shown = comparison?.seeds.length === 1 && mean !== undefined && pyramid !== undefined;
  if (!shown) return comparing ? <p className={styles['point']}>Learning the same without a pyramid…</p> : null;
  const rows = [
    { what: 'One average over the whole picture', value: mean },
    { what: 'The pyramid: averages over its parts too', value: pyramid },
  ];
  return (
    <figure className={styles['point']} aria-label="What the pyramid is for">
      <dl>
        {rows.map(({ what, value }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <span style={{ width: `${100 * value}%` }} />
              <b>{wholePercent(value)}</b>
            </dd>
          </div>
        ))}
      </dl>
      <figcaption className={styles['quiet']}>
        Right on photos it had never seen; guessing gives {wholePercent(1 / classes.length)}. The class is where the
        shape stands, which an average over everything cannot tell.
      </figcaption>
    </figure>
  );
}
