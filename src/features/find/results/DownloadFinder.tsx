import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import type { FinderRun } from '../../../core/find/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { saveBlob } from '../../../ui/files/saveBlob.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './DownloadFinder.module.css';
import { finderExport } from './finderExport.ts';

type Stage = { at: 'idle' } | { at: 'making'; fraction: number } | { at: 'failed'; message: string };

/** Take the finder away: ONNX and a Python program that finds with it. */
export function DownloadFinder({ run }: { run: Pick<FinderRun, 'name' | 'finder'> }) {
  const [stage, setStage] = useState<Stage>({ at: 'idle' });
  const purpose = useId();
  const make = async () => {
    setStage({ at: 'making', fraction: 0 });
    try {
      for (const { name, blob } of await finderExport(run, (fraction) => setStage({ at: 'making', fraction }))) {
        saveBlob(blob, name);
      }
      setStage({ at: 'idle' });
    } catch (error) {
      setStage({ at: 'failed', message: messageOf(error) });
    }
  };
  return (
    <div className={styles['item']}>
      <div>
        <b>Take the finder away</b>
        <p id={purpose}>
          ONNX for servers and apps, and a Python program that finds in photos and folders: boxes as JSON, COCO or
          drawn.
        </p>
      </div>
      <Button
        icon={Download}
        aria-label="Download the finder"
        aria-describedby={purpose}
        disabled={stage.at === 'making'}
        onClick={() => void make()}
      >
        Download
      </Button>
      <div className={styles['below']} aria-live="polite">
        {stage.at === 'making' && <ProgressBar label="Making the files" fraction={stage.fraction} />}
        {stage.at === 'failed' && (
          <Note tone="error" onDismiss={() => setStage({ at: 'idle' })}>
            The finder’s files could not be made. {stage.message}
          </Note>
        )}
      </div>
    </div>
  );
}
