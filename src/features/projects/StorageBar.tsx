import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { bytes, percent } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { persistentStorage } from './keeping/persistentStorage.ts';
import styles from './projects.module.css';
import type { StorageUse } from './useProjects.ts';

/** How much room there is, and whether the browser has promised to keep what is here. */
export function StorageBar({ use, onAsked }: { use: StorageUse; onAsked: () => void }) {
  const [asking, setAsking] = useState(false);
  const fraction = use.quota > 0 ? use.usage / use.quota : 0;
  const ask = async () => {
    setAsking(true);
    await persistentStorage.ask();
    setAsking(false);
    onAsked();
  };
  return (
    <section className={styles['storage']} aria-label="Room on this computer">
      <p className={styles['facts']}>
        <span>
          {bytes(use.usage)} of {bytes(use.quota)} used ({percent(fraction)})
        </span>
      </p>
      <ProgressBar label="Room used" fraction={fraction} />
      {use.persisted === true && (
        <p className={styles['quiet']}>
          The browser has agreed to keep your projects: they stay until you delete them.
        </p>
      )}
      {use.persisted === false && (
        <>
          <p className={styles['quiet']}>
            {persistentStorage.refused
              ? 'The browser may clear your projects when the disk runs full. Export the ones you care about.'
              : 'The browser may clear your projects when the disk runs full, until it agrees to keep them.'}
          </p>
          <Button look="link" disabled={asking} onClick={() => void ask()}>
            {persistentStorage.refused ? 'Ask the browser again to keep them' : 'Ask the browser to keep them'}
          </Button>
        </>
      )}
    </section>
  );
}
