import { Camera } from 'lucide-react';
import { useState } from 'react';
import type { FinderRun } from '../../../core/find/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { FindFolder } from '../folder/FindFolder.tsx';
import { FindCamera } from '../live/FindCamera.tsx';
import type { Threshold } from '../see/shownFinds.ts';
import { DownloadFinder } from './DownloadFinder.tsx';
import styles from './results.module.css';

export interface UseFinderProps {
  run: FinderRun;
  threshold: Threshold;
  onThreshold: (threshold: Threshold) => void;
}

/** What to do with a finder: the camera, a folder of photos, or take it away. */
export function UseFinder({ run, threshold, onThreshold }: UseFinderProps) {
  const [camera, setCamera] = useState(false);
  return (
    <section aria-label="Use it" className={styles['section']}>
      <h3>Use it</h3>
      <div className={styles['use']}>
        <Button icon={Camera} onClick={() => setCamera(true)}>
          Find with the camera
        </Button>
        <FindFolder run={run} threshold={threshold} />
      </div>
      <DownloadFinder run={run} />
      {camera && <FindCamera {...{ run, threshold, onThreshold }} onClose={() => setCamera(false)} />}
    </section>
  );
}
