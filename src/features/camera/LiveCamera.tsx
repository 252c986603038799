import { Camera, Pause, Play } from 'lucide-react';
import { type ReactNode, useDeferredValue, useId, useState } from 'react';
import { chooseHead } from '../../client/chooseHead.ts';
import { type LiveInspection, useLiveInspection } from '../../client/live/useLiveInspection.ts';
import { analyseOptions } from '../../store/analyseOptions.ts';
import { headName, unknownBelow } from '../../store/heads.ts';
import { useAppState } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { CameraChoices } from '../../ui/camera/CameraChoices.tsx';
import { CameraView } from '../../ui/camera/CameraView.tsx';
import { type CameraChoice, frameName, useCamera } from '../../ui/camera/useCamera.ts';
import { ClassBars } from '../../ui/charts/ClassBars.tsx';
import { Dialog } from '../../ui/menu/Dialog.tsx';
import { HeadSelect } from '../../ui/fields/HeadSelect.tsx';
import { plural, visibleName } from '../../ui/format.ts';
import { Note } from '../../ui/notes/Note.tsx';
import styles from './LiveCamera.module.css';

export interface LiveCameraProps {
  onClose: () => void;
  /** A picture to keep. */
  onPhoto: (file: File) => void;
  /** What stands beside the answer: the pyramid of the picture. */
  renderPyramid: (live: LiveInspection) => ReactNode;
}

const WIDTH = 1920;

/** Classifies what the camera sees, as fast as the engine can, and keeps pictures as photos. */
export function LiveCamera({ onClose, onPhoto, renderPyramid }: LiveCameraProps) {
  const { settings, heads } = useAppState('settings', 'heads');
  const [choice, setChoice] = useState<CameraChoice>({ facing: 'environment' });
  const [frozen, setFrozen] = useState(false);
  const [kept, setKept] = useState(0);
  const camera = useCamera(WIDTH, choice);
  // One look at one size: the picture of now is worth more than a surer answer to that of before.
  const options = analyseOptions({ ...settings, scales: [], looks: 1 });
  const live = useLiveInspection(camera.video, { live: camera.live && camera.problem === null, frozen, options });
  const shown = useDeferredValue(live);
  const freeze = (on: boolean) => {
    setFrozen(on);
    const video = camera.video.current;
    if (on) video?.pause();
    else void video?.play().catch(() => {});
  };
  const keep = async () => {
    const photo = await camera.take(frameName());
    if (!photo) return;
    onPhoto(photo);
    setKept((count) => count + 1);
  };
  const headId = useId();
  const ready = camera.live && camera.problem === null;
  // Nothing was seen and nothing will be: only why, and what to do.
  const off = camera.problem !== null && live.inspection === null;
  return (
    <div className={`${styles['dialog']} ${off ? styles['off'] : ''}`}>
      <Dialog title="Camera" onClose={onClose}>
        <div className={styles['zones']}>
          <div className={styles['look']}>
            <CameraView camera={camera} onProblem={<Button onClick={camera.again}>Try again</Button>}>
              {!off && (
                <>
                  <Button look="primary" disabled={!ready} onClick={() => void keep()}>
                    <Camera size={16} aria-hidden />
                    Keep as a photo
                  </Button>
                  <Button disabled={!ready} aria-pressed={frozen} onClick={() => freeze(!frozen)}>
                    {frozen ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
                    {frozen ? 'Go on' : 'Freeze'}
                  </Button>
                </>
              )}
              <CameraChoices
                camera={camera}
                onChoose={(next) => {
                  freeze(false);
                  setChoice(next);
                }}
              />
            </CameraView>
            <output className={styles['quiet']}>{kept > 0 && `${plural(kept, 'photo')} added to the list`}</output>
          </div>
          {!off && (
            <section className={styles['says']} aria-label="What it sees">
              <Answer live={live} frozen={frozen} />
              <div className={styles['head']}>
                <label htmlFor={headId}>Classes</label>
                <HeadSelect
                  id={headId}
                  head={settings.head}
                  heads={heads}
                  without="pyramid only"
                  onChoose={chooseHead}
                />
              </div>
              {renderPyramid(shown)}
            </section>
          )}
        </div>
      </Dialog>
    </div>
  );
}

/** The best classes, and how often they are renewed. */
function Answer({ live: { inspection, rate, error }, frozen }: { live: LiveInspection; frozen: boolean }) {
  const { heads } = useAppState('heads');
  const unsure = inspection && unknownBelow(inspection, heads) !== null;
  return (
    <>
      <p className={styles['rate']}>
        {inspection?.head && <bdi>{visibleName(headName(inspection, heads) ?? '')}</bdi>}
        <span>{frozen ? 'Frozen' : rate === null ? '' : `${rate.toFixed(1)} answers a second`}</span>
      </p>
      <ClassBars top={inspection?.top ?? []} room={inspection && !inspection.head ? 0 : 5} label="Best classes" />
      {unsure && <p className={styles['quiet']}>Unknown: it is less sure than the limit you set.</p>}
      {error && <Note tone={inspection ? 'warn' : 'error'}>{error.message}</Note>}
    </>
  );
}
