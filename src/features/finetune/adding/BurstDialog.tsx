import type { ClassRow } from '../../../core/project/model.ts';
import { Camera } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { plural, visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/Note.tsx';
import { addToClass } from './addFiles.ts';
import styles from './BurstDialog.module.css';

const FRAMES_PER_SECOND = 5;

/** What went wrong with the camera and what to do, in words. */
function cameraProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') return 'The camera was not allowed. Allow it for this page and open this again.';
  if (name === 'NotFoundError') return 'No camera was found. Connect one and open this again.';
  if (name === 'NotReadableError') return 'The camera is in use by another program. Close that program first.';
  if (name === 'TypeError') return 'The camera needs a secure address (https or localhost). Open the page there.';
  return `The camera did not start: ${error instanceof Error ? error.message : String(error)}`;
}

async function frameOf(video: HTMLVideoElement, name: string): Promise<File | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  return blob && new File([blob], name, { type: 'image/jpeg' });
}

/** Opens the camera into a video as long as this is mounted. */
function useCamera() {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let closed = false;
    let stream: MediaStream | null = null;
    const stop = (one: MediaStream) => one.getTracks().forEach((track) => track.stop());
    // Absent on insecure addresses, whatever its type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const opening = devices
      ? devices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false })
      : Promise.reject(new TypeError('no mediaDevices'));
    opening.then(
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
  }, []);
  return { video, problem };
}

/** Photos from the camera into a class, five a second while the button is held; each burst is one undoable step. */
export function BurstDialog({ row, onClose }: { row: ClassRow; onClose: () => void }) {
  const { video, problem } = useCamera();
  const [live, setLive] = useState(false);
  const [taken, setTaken] = useState(0);
  const burst = useRef<{ timer: ReturnType<typeof setInterval>; frames: Promise<File | null>[] } | null>(null);

  const start = () => {
    if (burst.current || !live) return;
    const frames: Promise<File | null>[] = [];
    const take = () => {
      if (!video.current) return;
      const time = new Date().toISOString().slice(11, 23).replaceAll(':', '-');
      frames.push(frameOf(video.current, `camera ${time}.jpg`));
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
      {problem ? (
        <Note tone="error">{problem}</Note>
      ) : (
        <div className={styles['view']}>
          {!live && <p className={styles['wait']}>Waiting for the camera…</p>}
          <video ref={video} autoPlay playsInline muted onPlaying={() => setLive(true)} />
        </div>
      )}
      <div className={styles['actions']}>
        <Button
          look="primary"
          disabled={!live || problem !== null}
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
          <Camera size={16} aria-hidden />
          Hold to take photos
        </Button>
        <output>{taken > 0 && plural(taken, 'photo')}</output>
      </div>
    </Dialog>
  );
}
