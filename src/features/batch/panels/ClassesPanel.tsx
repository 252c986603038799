import { useMemo, useState } from 'react';
import { folderTruth } from '../../../core/metrics/folderTruth.ts';
import { countClasses } from '../../../store/batchView.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { css, inkOn, viridis } from '../../../ui/charts/palettes.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { count, plural, visibleName, wholePercent } from '../../../ui/format.ts';
import styles from './ClassesPanel.module.css';

const FEW = 8;
/** Larger matrices are told by their most frequent mistakes. */
const MOST_CELLS = 12;

/** How many photos each class has, as bars that filter the results; and how right that is, where the folders' names are classes. */
export function ClassesPanel() {
  const { batchRows, batchFilter, changeBatch } = useAppState('batchRows', 'batchFilter', 'changeBatch');
  const [all, setAll] = useState(false);
  const classes = useMemo(() => countClasses(batchRows), [batchRows]);
  if (classes.length === 0) return null;
  const most = classes[0]?.count ?? 1;
  const { show } = batchFilter;
  const shown = all ? classes : classes.slice(0, FEW);
  return (
    <section className={styles['panel']} aria-label="Classes of the photos">
      <h3>{plural(classes.length, 'class', 'classes')}</h3>
      <ul className={styles['bars']}>
        {shown.map(({ label, count: number }) => {
          const chosen = typeof show === 'object' && show.label === label;
          return (
            <li key={label}>
              <button
                type="button"
                aria-pressed={chosen}
                title={chosen ? 'Show all results' : `Show only ${visibleName(label)}`}
                onClick={() => changeBatch({ batchFilter: { ...batchFilter, show: chosen ? 'all' : { label } } })}
              >
                <FileName name={label} />
                <span className={styles['count']}>{count(number)}</span>
                <span className={styles['bar']} style={{ width: `${(100 * number) / most}%` }} />
              </button>
            </li>
          );
        })}
      </ul>
      {classes.length > FEW && (
        <Button look="link" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${count(classes.length - FEW)} more`}
        </Button>
      )}
      <Truth />
    </section>
  );
}

/** How often the best class is the folder's name. */
function Truth() {
  const { batchRows } = useAppState('batchRows');
  const truth = useMemo(() => folderTruth(batchRows), [batchRows]);
  if (!truth) return null;
  const { classes, confusion, right, count: photos } = truth;
  return (
    <>
      <h3>
        Right on {count(right)} of {plural(photos, 'photo')} ({wholePercent(right / photos)})
      </h3>
      <p className={styles['quiet']}>
        {photos < batchRows.length
          ? `Of ${plural(photos, 'photo')} in folders that are named like classes.`
          : 'Against the names of their folders.'}
      </p>
      {classes.length <= MOST_CELLS ? (
        <Matrix classes={classes} confusion={confusion} />
      ) : (
        <Mistakes classes={classes} confusion={confusion} />
      )}
    </>
  );
}

interface MatrixProps {
  classes: readonly string[];
  confusion: readonly (readonly number[])[];
}

function Matrix({ classes, confusion }: MatrixProps) {
  return (
    <div className={styles['scroll']}>
      <table className={styles['matrix']} aria-label="Folders and answers">
        <thead>
          <tr>
            <td>folder ↓</td>
            {classes.map((name) => (
              <th key={name} scope="col" title={visibleName(name)}>
                <FileName name={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, truth) => {
            const support = row.reduce((sum, n) => sum + n, 0);
            const name = classes[truth] ?? '';
            return (
              <tr key={name}>
                <th scope="row" title={visibleName(name)}>
                  <FileName name={name} />
                </th>
                {row.map((number, guess) => {
                  const fill = number > 0 ? viridis(number / support) : null;
                  return (
                    <td key={classes[guess]} style={fill ? { background: css(fill), color: inkOn(fill) } : undefined}>
                      {number}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Mistakes({ classes, confusion }: MatrixProps) {
  const mistakes = confusion
    .flatMap((row, truth) => row.map((number, guess) => ({ truth, guess, number })))
    .filter(({ truth, guess, number }) => truth !== guess && number > 0)
    .sort((a, b) => b.number - a.number)
    .slice(0, FEW);
  return (
    <ul className={styles['mistakes']}>
      {mistakes.map(({ truth, guess, number }) => (
        <li key={`${truth} ${guess}`}>
          <FileName name={classes[truth] ?? ''} /> taken for <FileName name={classes[guess] ?? ''} />: {count(number)}
        </li>
      ))}
    </ul>
  );
}
