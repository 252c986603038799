import type { RunRow } from '../../../core/project/model.ts';
import type { Metrics } from '../../../core/training/model.ts';
import { visibleName, wholePercent } from '../../../ui/format.ts';
import { Legend } from '../../../ui/charts/Legend.tsx';
import { css, inkOn, sequential, viridis } from '../../../ui/charts/palettes.ts';
import type { GalleryChoice } from './galleryOf.ts';
import styles from './results.module.css';

export interface ConfusionMatrixProps {
  run: RunRow;
  metrics: Metrics;
  choice: GalleryChoice;
  onChoose: (choice: GalleryChoice) => void;
}

/** A class name on up to two lines, isolated from the text around it; whole in its title. */
function ClassName({ name }: { name: string }) {
  return (
    <bdi className={styles['className']} title={visibleName(name)}>
      {visibleName(name)}
    </bdi>
  );
}

/** Which class was taken for which: counts and shares of the true class; a cell shows its photos. */
export function ConfusionMatrix({ run, metrics, choice, onChoose }: ConfusionMatrixProps) {
  return (
    <section aria-label="Confusion matrix">
      <div className={styles['beside']}>
        <h3>What was taken for what</h3>
        <Legend scale={sequential(0, 1)} label="share of the true class" format={wholePercent} />
      </div>
      <div className={styles['scroll']}>
        <table className={styles['matrix']}>
          <thead>
            <tr>
              <td>
                <div className={styles['corner']}>true&nbsp;↓ guessed&nbsp;→</div>
              </td>
              {run.classes.map((name, k) => (
                // Two classes may have one name: their place tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                <th key={k} scope="col">
                  <ClassName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.confusion.map((row, truth) => {
              const support = row.reduce((sum, n) => sum + n, 0);
              return (
                // oxlint-disable-next-line react/no-array-index-key -- as above
                <tr key={truth}>
                  <th scope="row">
                    <ClassName name={run.classes[truth] ?? ''} />
                  </th>
                  {row.map((count, predicted) => {
                    const share = support > 0 ? count / support : 0;
                    const fill = count > 0 ? viridis(share) : null;
                    const chosen =
                      typeof choice === 'object' && choice.truth === truth && choice.predicted === predicted;
                    return (
                      // oxlint-disable-next-line react/no-array-index-key -- as above
                      <td key={predicted}>
                        <button
                          type="button"
                          className={styles['cell']}
                          style={fill ? { background: css(fill), color: inkOn(fill) } : undefined}
                          disabled={count === 0}
                          aria-pressed={chosen}
                          aria-label={`${visibleName(run.classes[truth] ?? '')} taken for ${visibleName(run.classes[predicted] ?? '')}: ${count} of ${support}`}
                          onClick={() => onChoose(chosen ? 'wrong' : { truth, predicted })}
                        >
                          {count}
                          {count > 0 && <small>{wholePercent(share)}</small>}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
