import { type RefObject, useEffect, useRef, useState } from 'react';

/** What went wrong with the camera and what to do, in words. */
function cameraProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') {
    return 'The camera was not allowed. Allow it for this page (usually at the left of the address) and try again.';
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return 'No camera was found. Connect one and try again.';
  }
  if (name === 'NotReadableError') return 'The camera is in use by another program. Close that program and try again.';
  if (name === 'TypeError') return 'The camera needs a secure address (https or localhost). Open the page there.';
  return `The camera did not start: ${error instanceof Error ? error.message : String(error)}`;
}

function openCamera(wanted: MediaTrackConstraints): Promise<MediaStream> {
  // Absent on insecure addresses, whatever its type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return Promise.reject(new TypeError('no mediaDevices'));
  return devices.getUserMedia({ video: wanted, audio: false });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The video's picture of now, as a JPEG. */
async function frameOf(video: HTMLVideoElement, name: string): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  if (!blob) throw new Error('the browser could not keep the picture');
  return new File([blob], name, { type: 'image/jpeg' });
}

export interface Camera {
  video: RefObject<HTMLVideoElement | null>;
  /** Pictures come: they can be taken. */
  live: boolean;
  onPlaying: () => void;
  /** What went wrong and what to do; null while all is well. */
  problem: string | null;
  /** Null where it could not be taken, of which `problem` tells. */
  take: (name: string) => Promise<File | null>;
}

/**
 * A camera, opened into a video as long as this is mounted.
 * @param facing the camera to the front or to the back; whichever the browser takes when absent
 * @param width of the picture wanted, in pixels
 */
export function useCamera(width: number, facing?: 'environment' | 'user'): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [live, setLive] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let closed = false;
    let stream: MediaStream | null = null;
    openCamera({ width: { ideal: width }, ...(facing && { facingMode: facing }) }).then(
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
  }, [width, facing]);
  const take = async (name: string): Promise<File | null> => {
    try {
      return video.current && (await frameOf(video.current, name));
    } catch (error) {
      setProblem(cameraProblem(error));
      return null;
    }
  };
  return { video, live, onPlaying: () => setLive(true), problem, take };
}
