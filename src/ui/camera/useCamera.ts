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

/** Absent on insecure addresses, whatever its type says. */
function mediaDevices(): MediaDevices | undefined {
  return navigator.mediaDevices as MediaDevices | undefined;
}

async function openCamera(wanted: MediaTrackConstraints): Promise<MediaStream> {
  const devices = mediaDevices();
  if (!devices) throw new TypeError('no mediaDevices');
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

/** Which camera: the one to the front or to the back, whichever the browser takes for it, or one of several by its id. */
export type CameraChoice = { facing: 'environment' | 'user' } | { deviceId: string };

export interface Camera {
  video: RefObject<HTMLVideoElement | null>;
  /** Pictures come: they can be taken. */
  live: boolean;
  onPlaying: () => void;
  /** What went wrong and what to do; null while all is well. */
  problem: string | null;
  /** All cameras that there are, known once one was allowed; names may be empty. */
  cameras: readonly { id: string; name: string }[];
  /** The camera that is open, where the browser tells. */
  openId: string | null;
  /** Null where it could not be taken, of which `problem` tells. */
  take: (name: string) => Promise<File | null>;
  /** Opens the camera once more after a problem. */
  again: () => void;
}

/**
 * A camera, opened into a video as long as this is mounted.
 * @param width of the picture wanted, in pixels
 * @param choice whichever camera the browser takes when absent
 */
export function useCamera(width: number, choice?: CameraChoice): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [live, setLive] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [cameras, setCameras] = useState<Camera['cameras']>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const facing = choice && 'facing' in choice ? choice.facing : undefined;
  const deviceId = choice && 'deviceId' in choice ? choice.deviceId : undefined;
  useEffect(() => {
    let closed = false;
    let stream: MediaStream | null = null;
    const wanted = {
      width: { ideal: width },
      ...(facing && { facingMode: facing }),
      ...(deviceId && { deviceId: { exact: deviceId } }),
    };
    openCamera(wanted)
      .then(async (opened) => {
        if (closed) return stop(opened);
        stream = opened;
        // Pulled out, or switched off: a camera that is closed here does not tell.
        for (const track of opened.getVideoTracks())
          track.addEventListener('ended', () => {
            if (closed) return;
            setLive(false);
            setProblem('The camera was switched off. Switch it on, or connect it, and try again.');
          });
        if (video.current) video.current.srcObject = opened;
        setOpenId(opened.getVideoTracks()[0]?.getSettings().deviceId ?? null);
        const found = (await mediaDevices()?.enumerateDevices()) ?? [];
        if (closed) return;
        setCameras(
          found.filter(({ kind }) => kind === 'videoinput').map(({ deviceId: id, label }) => ({ id, name: label })),
        );
      })
      .catch((error: unknown) => !closed && setProblem(cameraProblem(error)));
    return () => {
      closed = true;
      setLive(false);
      if (stream) stop(stream);
    };
    // Another attempt opens the same camera again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [width, facing, deviceId, attempt]);
  const take = async (name: string): Promise<File | null> => {
    try {
      return video.current && (await frameOf(video.current, name));
    } catch (error) {
      setProblem(cameraProblem(error));
      return null;
    }
  };
  const again = () => {
    setProblem(null);
    setAttempt((count) => count + 1);
  };
  return { video, live, onPlaying: () => setLive(true), problem, cameras, openId, take, again };
}

/** A file name for a picture of now: "camera 14-03-22-512.jpg". */
export function frameName(): string {
  return `camera ${new Date().toISOString().slice(11, 23).replaceAll(/[:.]/g, '-')}.jpg`;
}
