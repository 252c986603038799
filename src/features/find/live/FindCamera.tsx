import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { FinderRun } from '../../../core/find/model.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CameraChoices } from '../../../ui/camera/CameraChoices.tsx';
import { CameraView } from '../../../ui/camera/CameraView.tsx';
import { type CameraChoice, useCamera } from '../../../ui/camera/useCamera.ts';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { plural, visibleName, wholePercent } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { classColours } from '../see/classColours.ts';
import { FoundBoxes } from '../see/FoundBoxes.tsx';
import { shownFinds, type Threshold } from '../see/shownFinds.ts';
import { ThresholdField } from '../see/ThresholdField.tsx';
import styles from './live.module.css';
import { useLiveFinds } from './useLiveFinds.ts';

const WIDTH = 1280;
/** The camera's view is 4:3, whatever the picture's shape. */
const VIEW = 4 / 3;

export interface FindCameraProps {
  run: FinderRun;
  threshold: Threshold;
  onThreshold: (threshold: Threshold) => void;
  onClose: () => void;
}

/** The camera with boxes around what the finder finds in it now. */
export function FindCamera({ run, threshold, onThreshold, onClose }: FindCameraProps) {
  const { findClasses } = useAppState('findClasses');
  const [choice, setChoice] = useState<CameraChoice | undefined>(undefined);
  const [frozen, setFrozen] = useState(false);
  const camera = useCamera(WIDTH, choice);
  const { answer, rate, error } = useLiveFinds(camera.video, run.finder, { live: camera.live, frozen });
  const finds = answer ? shownFinds(answer.finds, run.finder, threshold) : [];
  const colours = classColours(run.classes, findClasses);
  const freeze = (stand: boolean) => {
    if (stand) camera.video.current?.pause();
    else void camera.video.current?.play();
    setFrozen(stand);
  };
  const wide = answer ? answer.size.width / answer.size.height > VIEW : false;
  const over = answer && (
    <div
      className={styles['over']}
      style={{
        aspectRatio: `${answer.size.width} / ${answer.size.height}`,
        width: wide ? '100%' : 'auto',
        height: wide ? 'auto' : '100%',
      }}
    >
      <FoundBoxes
        size={answer.size}
        boxes={finds.map((find) => ({
          key: `${find.classIndex} ${find.score} ${find.box.join()}`,
          box: find.box,
          colour: colours[find.classIndex] ?? '#0072b2',
          label: `${visibleName(find.label)} ${wholePercent(find.probability)}`,
        }))}
      />
    </div>
  );
  const ready = camera.live && camera.problem === null;
  return (
    <div className={styles['dialog']}>
      <Dialog title={`Camera with “${visibleName(run.name)}”`} onClose={onClose}>
        <CameraView camera={camera} over={over} onProblem={<Button onClick={camera.again}>Try again</Button>}>
          <Button icon={frozen ? Play : Pause} disabled={!ready} aria-pressed={frozen} onClick={() => freeze(!frozen)}>
            {frozen ? 'Go on' : 'Freeze'}
          </Button>
          <CameraChoices
            camera={camera}
            onChoose={(next) => {
              freeze(false);
              setChoice(next);
            }}
          />
          <span className={styles['said']}>
            {answer
              ? `${plural(finds.length, 'box', 'boxes')}${rate === null || frozen ? '' : `, ${rateWords(rate)}`}`
              : 'Looking…'}
          </span>
        </CameraView>
        <ThresholdField finder={run.finder} threshold={threshold} onThreshold={onThreshold} />
        {error && <Note tone={answer ? 'warn' : 'error'}>{error}</Note>}
      </Dialog>
    </div>
  );
}

/** "2.4 answers a second", "one answer in 3 s". */
function rateWords(rate: number): string {
  return rate >= 1 ? `${rate.toFixed(1)} answers a second` : `one answer in ${(1 / rate).toFixed(1)} s`;
}
