import { Camera, SwitchCamera } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { CameraView } from '../../../ui/camera/CameraView.tsx';
import { useCamera } from '../../../ui/camera/useCamera.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { plural } from '../../../ui/format.ts';
import styles from './ImageList.module.css';
import { queue } from './queue.ts';

type Facing = 'environment' | 'user';

interface OpenCameraProps {
  facing: Facing;
  onPhoto: (file: File) => void;
  onSwitch: () => void;
  onRetry: () => void;
}

/** One opened camera; off as soon as this unmounts. */
function OpenCamera({ facing, onPhoto, onSwitch, onRetry }: OpenCameraProps) {
  const camera = useCamera(1920, facing);
  const take = async () => {
    const photo = await camera.take(`camera ${new Date().toTimeString().slice(0, 8).replaceAll(':', '-')}.jpg`);
    if (photo) onPhoto(photo);
  };
  return (
    <CameraView camera={camera} onProblem={<Button onClick={onRetry}>Try again</Button>}>
      <Button look="primary" disabled={!camera.live || camera.problem !== null} onClick={() => void take()}>
        <Camera size={16} aria-hidden />
        Take photo
      </Button>
      <Button icon aria-label="Use the other camera" title="Use the other camera" onClick={onSwitch}>
        <SwitchCamera size={16} aria-hidden />
      </Button>
    </CameraView>
  );
}

/** Photos from the camera, straight into the queue; stays open for more. */
export function CameraDialog({ onClose }: { onClose: () => void }) {
  const [facing, setFacing] = useState<Facing>('environment');
  const [attempt, setAttempt] = useState(0);
  const [taken, setTaken] = useState(0);
  return (
    <Dialog title="Take a photo" onClose={onClose}>
      <OpenCamera
        key={`${facing} ${attempt}`}
        facing={facing}
        onSwitch={() => setFacing(facing === 'user' ? 'environment' : 'user')}
        onRetry={() => setAttempt(attempt + 1)}
        onPhoto={(file) => {
          queue.add([{ file, path: file.name }]);
          setTaken((count) => count + 1);
        }}
      />
      <output className={styles['taken']}>{taken > 0 && `${plural(taken, 'photo')} added to the list`}</output>
    </Dialog>
  );
}
