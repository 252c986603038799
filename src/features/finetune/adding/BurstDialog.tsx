import type { ClassRow } from '../../../core/project/model.ts';
import { Camera } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { CameraView } from '../../../ui/camera/CameraView.tsx';
import { useCamera } from '../../../ui/camera/useCamera.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { plural, visibleName } from '../../../ui/format.ts';
import { addToClass } from './addFiles.ts';
import styles from './adding.module.css';

const FRAMES_PER_SECOND = 5;

/** Photos from the camera into a class, five a second while the button is held; each burst is one undoable step. */
export function BurstDialog({ row, onClose }: { row: ClassRow; onClose: () => void }) {
  const camera = useCamera(1280);
  const [taken, setTaken] = useState(0);
  const burst = useRef<{ timer: ReturnType<typeof setInterval>; frames: Promise<File | null>[] } | null>(null);

  const start = () => {
    if (burst.current || !camera.live) return;
    const frames: Promise<File | null>[] = [];
    const take = () => {
      const time = new Date().toISOString().slice(11, 23).replaceAll(':', '-');
      frames.push(camera.take(`camera ${time}.jpg`));
      setTaken((count) => count + 1);
    };
    take();
    burst.current = { timer: setInterval(take, 1000 / FRAMES_PER_SECOND), frames };
  };
  const end = () => {
    if (!burst.current) return;
    const { timer, frames } = burst.current;
    burst.current = null;
    clearInterval(timer);
    void Promise.all(frames).then((files) =>
      addToClass(
        files.filter((file) => file !== null),
        row.id,
      ),
    );
  };
  const endOnClose = useEffectEvent(end);
  useEffect(() => () => endOnClose(), []);

  return (
    <Dialog title={`Camera burst: ${visibleName(row.name)}`} onClose={onClose}>
      <CameraView camera={camera}>
        <Button
          look="primary"
          icon={Camera}
          className={styles['hold']}
          disabled={!camera.live || camera.problem !== null}
          onPointerDown={start}
          onPointerUp={end}
          onPointerLeave={end}
          onPointerCancel={end}
          onKeyDown={(event) => {
            if (event.key === ' ' || event.key === 'Enter') start();
          }}
          onKeyUp={end}
          onBlur={end}
        >
          Hold to take photos
        </Button>
        <output>{taken > 0 && plural(taken, 'photo')}</output>
      </CameraView>
    </Dialog>
  );
}
