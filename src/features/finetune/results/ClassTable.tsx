import type { RunRow } from '../../../core/project/model.ts';
import type { Metrics } from '../../../core/training/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { wholePercent } from '../../../ui/format.ts';
import styles from './results.module.css';

/** Precision, recall, F1 and support of each class. */
export function ClassTable({ run, metrics, onSave }: { run: RunRow; metrics: Metrics; onSave: () => void }) {
  const share = (value: number | null) => (value === null ? '–' : wholePercent(value));
  return (
    <section aria-label="Classes one by one">
      <div className={styles['head']}>
        <h3>Classes one by one</h3>
        <Button onClick={onSave}>Save predictions as CSV</Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles['scroll']} role="region" aria-label="Table of classes" tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" title="Of what was called this class, the share that is">
                Precision
              </th>
              <th scope="col" title="Of what is this class, the share that was called it">
                Recall
              </th>
              <th scope="col">F1</th>
              <th scope="col" title="Validation photos of this class">
                Photos
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.perClass.map(({ precision, recall, f1, support }, k) => (
              // Two classes may have one name: their place tells them apart.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={k}>
                <th scope="row">
                  <FileName name={run.classes[k] ?? ''} />
                </th>
                <td>{share(precision)}</td>
                <td>{share(recall)}</td>
                <td>{share(f1)}</td>
                <td>{support}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
