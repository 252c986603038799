import { useState } from 'react';
import type { FindError, FinderMetrics, FinderRun } from '../../../core/find/model.ts';
import { plattProbability } from '../../../core/find/platt.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, visibleName, wholePercent } from '../../../ui/format.ts';
import { classColours } from '../see/classColours.ts';
import { CropTile } from './CropTile.tsx';
import { ERROR_KINDS } from './resultWords.ts';
import styles from './results.module.css';

/** Crops of one kind that stand at first. */
const AT_FIRST = 12;

export interface MistakesProps {
  run: FinderRun;
  metrics: FinderMetrics;
  onOpen: (error: FindError) => void;
}

/** What it got wrong at each class's best threshold, by kind, each as a crop that opens its photo. */
export function Mistakes({ run, metrics, onOpen }: MistakesProps) {
  const { errors } = metrics;
  return (
    <section aria-label="Mistakes" className={styles['section']}>
      <h3>Mistakes on the photos kept aside ({count(errors.length)})</h3>
      {errors.length === 0 && <p className={styles['quiet']}>None: every thing was found once, and nothing else.</p>}
      {ERROR_KINDS.map(({ kind, name, says }) => {
        const own = errors.filter((error) => error.kind === kind);
        return own.length > 0 && <OfKind key={kind} {...{ name, says, run, onOpen }} errors={own} />;
      })}
      {errors.length > 0 && (
        <p className={styles['quiet']}>
          Each class from its best threshold on. Kinds after Hoiem et al. (2012); a class’s similar class is the one
          that it was confused with most, at least twice, of three classes or more.
        </p>
      )}
    </section>
  );
}

interface OfKindProps {
  name: string;
  says: string;
  run: FinderRun;
  errors: readonly FindError[];
  onOpen: (error: FindError) => void;
}

function OfKind({ name, says, run, errors, onOpen }: OfKindProps) {
  const { findClasses, photos } = useAppState('findClasses', 'photos');
  const [all, setAll] = useState(false);
  const colours = classColours(run.classes, findClasses);
  // The surest first; what was missed has no score.
  const sorted = [...errors].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return (
    <div className={styles['kind']}>
      <h4>
        {name} ({count(errors.length)})
      </h4>
      <p className={styles['quiet']}>{says}</p>
      <ul className={styles['crops']} aria-label={name}>
        {sorted.slice(0, all ? undefined : AT_FIRST).map((error) => {
          const { classIndex, score, photo, box } = error;
          const label = visibleName(run.classes[classIndex] ?? '');
          const platt = run.finder.classes[classIndex]?.platt;
          const sure = score === null || !platt ? '' : wholePercent(plattProbability(platt, score));
          return (
            <li key={`${photo} ${classIndex} ${box.join()}`}>
              <CropTile
                error={error}
                colour={colours[classIndex] ?? '#0072b2'}
                label={`${name}: ${label} ${sure} in ${visibleName(photos.get(photo)?.name ?? photo)}. Open the photo.`}
                caption={`${label} ${sure}`}
                onOpen={() => onOpen(error)}
              />
            </li>
          );
        })}
      </ul>
      {errors.length > AT_FIRST && !all && (
        <Button onClick={() => setAll(true)}>Show all {count(errors.length)}</Button>
      )}
    </div>
  );
}
