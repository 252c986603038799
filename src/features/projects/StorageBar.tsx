import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { bytes, percent } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './ProjectsTab.module.css';
import type { StorageUse } from './useProjects.ts';

/** How much room there is, and whether the browser has promised to keep what is here. */
export function StorageBar({ use, onAsked }: { use: StorageUse; onAsked: () => void }) {
  const [refused, setRefused] = useState(false);
  const fraction = use.quota > 0 ? use.usage / use.quota : 0;
  const ask = () =>
    void navigator.storage.persist().then(
      (granted) => {
        setRefused(!granted);
        onAsked();
      },
      () => setRefused(true),
    );
  return (
    <section className={styles['storage']} aria-label="Room on this computer">
      <p className={styles['facts']}>
        <span>
          {bytes(use.usage)} of {bytes(use.quota)} used ({percent(fraction)})
        </span>
        <span>
          {use.persisted === true && 'The browser keeps it until you delete it.'}
          {use.persisted === false && 'The browser may clear it when the disk runs full.'}
        </span>
      </p>
      <ProgressBar label="Room used" fraction={fraction} />
      {use.persisted === false &&
        (refused ? (
          <p className={styles['quiet']}>
            The browser did not agree yet. Bookmarking or installing the page helps; an exported file is safest.
          </p>
        ) : (
          <Button look="link" onClick={ask}>
            Ask the browser to keep it
          </Button>
        ))}
    </section>
  );
}
