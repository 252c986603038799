import type { ReactNode } from 'react';
import { Note } from '../notes/Note.tsx';
import styles from './CameraView.module.css';
import type { Camera } from './useCamera.ts';

export interface CameraViewProps {
  camera: Camera;
  /** What can be done where the camera does not start. */
  onProblem?: ReactNode;
  /** Lies over the picture, which keeps its shape: marks of what is seen. */
  over?: ReactNode;
  /** The buttons below. */
  children: ReactNode;
}

/** What the camera sees, or why it does not, over the buttons that take photos. */
export function CameraView({ camera, onProblem, over, children }: CameraViewProps) {
  const { video, live, onPlaying, problem } = camera;
  return (
    <>
      {problem ? (
        <Note tone="error" actions={onProblem}>
          {problem}
        </Note>
      ) : (
        <div className={styles['view']}>
          {!live && <p className={styles['wait']}>Waiting for the camera…</p>}
          <video ref={video} autoPlay playsInline muted onPlaying={onPlaying} />
          {over}
        </div>
      )}
      <div className={styles['actions']}>{children}</div>
    </>
  );
}
