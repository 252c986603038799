import { SwitchCamera } from 'lucide-react';
import { Button } from '../Button.tsx';
import type { Camera, CameraChoice } from './useCamera.ts';

export interface CameraChoicesProps {
  camera: Camera;
  onChoose: (choice: CameraChoice) => void;
}

/** Another camera: a button where there are two, a list where there are more; nothing where there is one. */
export function CameraChoices({ camera: { cameras, openId }, onChoose }: CameraChoicesProps) {
  if (cameras.length < 2) return null;
  const place = cameras.findIndex(({ id }) => id === openId);
  if (cameras.length === 2) {
    const other = cameras[place === 0 ? 1 : 0];
    return (
      <Button
        icon
        aria-label="Use the other camera"
        title="Use the other camera"
        onClick={() => other && onChoose({ deviceId: other.id })}
      >
        <SwitchCamera size={16} aria-hidden />
      </Button>
    );
  }
  return (
    <select
      aria-label="Camera"
      value={openId ?? ''}
      onChange={({ target }) => onChoose({ deviceId: target.value })}
      style={{ minWidth: 0 }}
    >
      {cameras.map(({ id, name }, i) => (
        <option key={id} value={id}>
          {name || `Camera ${i + 1}`}
        </option>
      ))}
    </select>
  );
}
