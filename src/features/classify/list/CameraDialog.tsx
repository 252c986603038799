import { Camera, SwitchCamera } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/Note.tsx';
import styles from './CameraDialog.module.css';
import { queue } from './queue.ts';

type Facing = 'environment' | 'user';

/** What went wrong with the camera and what to do, in words. */
function cameraProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') {
    return 'The camera was not allowed. Allow it for this page (usually at the left of the address) and try again.';
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'No camera was found. Connect one and try again.';
  if (name === 'NotReadableError') return 'The camera is in use by another program. Close that program and try again.';
  if (name === 'TypeError') return 'The camera needs a secure address (https or localhost). Open the page there.';
  return `The camera did not start: ${error instanceof Error ? error.message : String(error)}`;
}

async function openCamera(facing: Facing): Promise<MediaStream> {
  // Absent on insecure addresses, whatever its type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new TypeError('no mediaDevices');
  return devices.getUserMedia({ video: { facingMode: facing, width: { ideal: 1920 } }, audio: false });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function takePhoto(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  if (!blob) throw new Error('the browser could not keep the picture');
  const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
  return new File([blob], `camera ${time}.jpg`, { type: 'image/jpeg' });
}

interface CameraViewProps {
  facing: Facing;
  onPhoto: (file: File) => void;
  onSwitch: () => void;
  onRetry: () => void;
}

/** One opened camera; off as soon as this unmounts. */
function CameraView({ facing, onPhoto, onSwitch, onRetry }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [live, setLive] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let closed = false;
    let stream: MediaStream | null = null;
    openCamera(facing).then(
      (opened) => {
        if (closed) return stop(opened);
        stream = opened;
        if (video.current) video.current.srcObject = opened;
      },
      (error: unknown) => !closed && setProblem(cameraProblem(error)),
    );
    return () => {
      closed = true;
      if (stream) stop(stream);
    };
  }, [facing]);

  const take = () => {
    if (!video.current) return;
    takePhoto(video.current).then(onPhoto, (error: unknown) => setProblem(cameraProblem(error)));
  };

  return (
    <>
      {problem ? (
        <Note tone="error" actions={<Button onClick={onRetry}>Try again</Button>}>
          {problem}
        </Note>
      ) : (
        <div className={styles['view']}>
          {!live && <p className={styles['wait']}>Waiting for the camera…</p>}
          <video ref={video} autoPlay playsInline muted onPlaying={() => setLive(true)} />
        </div>
      )}
      <div className={styles['actions']}>
        <Button look="primary" disabled={!live || problem !== null} onClick={take}>
          <Camera size={16} aria-hidden />
          Take photo
        </Button>
        <Button icon aria-label="Use the other camera" title="Use the other camera" onClick={onSwitch}>
          <SwitchCamera size={16} aria-hidden />
        </Button>
      </div>
    </>
  );
}

/** Photos from the camera, straight into the queue; stays open for more. */
export function CameraDialog({ onClose }: { onClose: () => void }) {
  const [facing, setFacing] = useState<Facing>('environment');
  const [attempt, setAttempt] = useState(0);
  const [taken, setTaken] = useState(0);
  return (
    <Dialog title="Take a photo" onClose={onClose}>
      <CameraView
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
