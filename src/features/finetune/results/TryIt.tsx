import type { RunRow } from '../../../core/project/model.ts';
import { Camera } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { dropTarget } from '../classes/dragging.ts';
import { TryButton } from '../TryButton.tsx';
import styles from './results.module.css';

export interface TryItProps {
  run: RunRow;
  onTry: (run: RunRow, photos: readonly File[]) => void;
  onCamera: (run: RunRow) => void;
}

/** Try the run on other photos: a place to drop them, the picker, and the camera. */
export function TryIt({ run, onTry, onCamera }: TryItProps) {
  const touch = useMediaQuery('(pointer: coarse)');
  const [over, setOver] = useState(false);
  const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  return (
    <section aria-label="Try it">
      <div
        className={`${styles['try']} ${over ? styles['over'] : ''}`}
        onDragOver={(event) => {
          if (!isFiles(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (isFiles(event)) dropTarget.setTry((files) => onTry(run, files));
        }}
      >
        <h3>Try it</h3>
        <p className={styles['quiet']}>
          {touch ? 'On photos it has never seen.' : 'Drop photos here that it has never seen.'}
        </p>
        <div className={styles['segments']}>
          <TryButton run={run} onTry={onTry} />
          <Button icon={Camera} onClick={() => onCamera(run)}>
            Camera
          </Button>
        </div>
      </div>
    </section>
  );
}
