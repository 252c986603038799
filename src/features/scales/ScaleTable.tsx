import type { MultiScaleResult } from '../../core/model.ts';
import { dimensions, percent, visibleName, scaleName } from '../../ui/format.ts';
import styles from './ScalesPanel.module.css';

/** Each size's probabilities of the classes that are best on average, and their mean, as the last row. */
export function ScaleTable({ scales, average }: Pick<MultiScaleResult, 'scales' | 'average'>) {
  if (average.length === 0) return null;
  return (
    // Wider than its place only where the names of the classes are long: they wrap between words and not within.
    <div className={styles['scroll']} role="region" aria-label="Scores at each size" tabIndex={0}>
      <table className={styles['table']}>
        <caption className="visually-hidden">Scores at each size</caption>
        <thead>
          <tr>
            <th scope="col">Shorter side</th>
            {average.map(({ index, label }) => (
              <th key={index} scope="col" title={visibleName(label)}>
                <bdi>{visibleName(label)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scales.map(({ scale, plan, scores, top }) => (
            <tr key={scale}>
              <th scope="row">
                {scaleName(scale)}
                <span>{dimensions(plan.input)}</span>
              </th>
              {average.map(({ index }, i) => (
                <Score key={index} score={scores[i] ?? 0} best={top[0]?.index === index} />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Average</th>
            {average.map(({ index, score }, i) => (
              <Score key={index} score={score} best={i === 0} />
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Score({ score, best }: { score: number; best: boolean }) {
  return (
    <td data-score={score} className={best ? styles['best'] : undefined}>
      {percent(score)}
      <span className={styles['track']} aria-hidden>
        <span style={{ width: `${score * 100}%` }} />
      </span>
      {best && <span className="visually-hidden">, the best here</span>}
    </td>
  );
}
