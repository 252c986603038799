import type { FinderRun } from '../../../core/find/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { ComparedTable } from '../../../ui/grid/ComparedTable.tsx';
import { percent, visibleName } from '../../../ui/format.ts';
import { foundOf } from '../results/resultWords.ts';
import { finderWords } from '../train/presets.ts';
import styles from './runs.module.css';

const share = (value: number | null | undefined) => (value == null ? '–' : percent(value));

/** What is told of a run, by name; the same names for every run. */
function factsOf(run: FinderRun, classes: readonly string[]): Map<string, string> {
  const { metrics } = run;
  const found = metrics && foundOf(metrics);
  const ofClass = classes.map((name): [string, string] => {
    const own = metrics?.classes.find((one) => one.name === name);
    return [`AP of “${visibleName(name)}”`, share(own?.ap50)];
  });
  return new Map([
    ['mAP at IoU 0.5', share(metrics?.map50)],
    ['mAP at 0.75', share(metrics?.map75)],
    ['mAP over 0.5–0.95', share(metrics?.map)],
    ...(classes.length > 1 ? ofClass : []),
    ['Found', found ? `${found.found} of ${found.truth}` : '–'],
    ['False alarms', found ? String(found.falseAlarms) : '–'],
    ['Photos learned from', String(run.train.length)],
    ['Photos measured on', String(run.heldOut.length)],
    ['Time', `${(run.seconds.reading + run.seconds.training).toFixed(1)} s on ${run.backend}`],
    ...finderWords(run.settings),
  ]);
}

/** Two runs side by side: how good each is, and what was set differently. */
export function CompareFinders({ a, b }: { a: FinderRun; b: FinderRun }) {
  const compareFinder = useStore((state) => state.compareFinder);
  const classes = [...new Set([...a.classes, ...b.classes])];
  const [left, right] = [factsOf(a, classes), factsOf(b, classes)];
  const same = [...a.heldOut].sort().join() === [...b.heldOut].sort().join();
  return (
    <section aria-label="Two runs side by side" className={styles['compare']}>
      <div className={styles['head']}>
        <h3>Two runs side by side</h3>
        <Button onClick={() => compareFinder(null)}>Back to one</Button>
      </div>
      {!same && (
        <p className={styles['quiet']}>They were measured on different photos: small differences mean nothing.</p>
      )}
      <ComparedTable
        what="Of the run"
        names={[a.name, b.name]}
        rows={[...left].map(([name, value]) => [name, value, right.get(name) ?? '–'])}
      />
    </section>
  );
}
