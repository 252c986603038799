import type { ClassRow } from '../../../core/project/model.ts';
import { Camera as CameraIcon } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { headOf } from '../../../client/trainedHeads.ts';
import { useLiveInspection } from '../../../client/live/useLiveInspection.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import { unknownBelow } from '../../../store/heads.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CameraChoices } from '../../../ui/camera/CameraChoices.tsx';
import { CameraView } from '../../../ui/camera/CameraView.tsx';
import { type Camera, type CameraChoice, frameName, useCamera } from '../../../ui/camera/useCamera.ts';
import { ClassBars } from '../../../ui/charts/ClassBars.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { plural, visibleName } from '../../../ui/format.ts';
import { openNewClass } from './addClass.ts';
import { addToClass } from './addFiles.ts';
import styles from './adding.module.css';

const FRAMES_PER_SECOND = 5;
const MOST_CLASSES = 5;

export interface BurstDialogProps {
  /** The class that is filled; null makes one with the first burst, to be named when the camera is closed. */
  row: ClassRow | null;
  onClose: () => void;
}

/** Photos from the camera into a class, five a second while the button is held; each burst is one undoable step. */
export function BurstDialog({ row, onClose }: BurstDialogProps) {
  const [choice, setChoice] = useState<CameraChoice | undefined>(undefined);
  const camera = useCamera(1280, choice);
  const { nameClass } = useAppState('nameClass');
  const made = useRef<string | null>(null);
  const [taken, setTaken] = useState(0);
  const burst = useRef<{ timer: ReturnType<typeof setInterval>; frames: Promise<File | null>[] } | null>(null);

  const start = () => {
    if (burst.current || !camera.live) return;
    const frames: Promise<File | null>[] = [];
    const take = () => {
      frames.push(camera.take(frameName()));
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
    void Promise.all(frames).then((files) => {
      const photos = files.filter((file) => file !== null);
      if (photos.length === 0) return;
      made.current ??= row ? null : openNewClass();
      return addToClass(photos, row?.id ?? made.current ?? '');
    });
  };
  const endOnClose = useEffectEvent(end);
  useEffect(() => () => endOnClose(), []);

  return (
    <div className={styles['burst']}>
      <Dialog
        title={row ? `Camera burst: ${visibleName(row.name)}` : 'Camera: a new class'}
        onClose={() => {
          if (made.current) nameClass(made.current);
          onClose();
        }}
      >
        <CameraView camera={camera} onProblem={<Button onClick={camera.again}>Try again</Button>}>
          <Button
            look="primary"
            icon={CameraIcon}
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
          <CameraChoices camera={camera} onChoose={setChoice} />
          <output>{taken > 0 && plural(taken, 'photo')}</output>
        </CameraView>
        <LiveAnswer camera={camera} />
      </Dialog>
    </div>
  );
}

/** What the last run says of the picture, so that a person sees which photos it still lacks; nothing before the first run. */
function LiveAnswer({ camera }: { camera: Camera }) {
  const { runs, heads, settings } = useAppState('runs', 'heads', 'settings');
  const run = runs[0];
  const head = run && headOf(run.id);
  const options = analyseOptions({
    ...settings,
    ...(head && { policy: head.policy, pyramid: head.pyramid }),
    scales: [],
    looks: 1,
    head: run ? { id: run.id } : 'none',
  });
  const live = camera.live && camera.problem === null && head !== undefined;
  const { inspection, rate, error } = useLiveInspection(camera.video, { live, frozen: false, options });
  if (!run || !head) return null;
  const unsure = inspection && unknownBelow(inspection, heads) !== null;
  return (
    <section className={styles['answer']} aria-label="What the last run says">
      <p className={styles['quiet']}>
        <bdi>{visibleName(run.name)}</bdi>
        {unsure ? ' does not know' : ' says'}
        {rate !== null && <span className={styles['rate']}>{rate.toFixed(1)} answers a second</span>}
      </p>
      <ClassBars
        top={inspection?.top ?? []}
        room={Math.min(MOST_CLASSES, run.classes.length)}
        label={`What ${visibleName(run.name)} says`}
      />
      {error && !inspection && <p className={styles['quiet']}>{error.message}</p>}
    </section>
  );
}
