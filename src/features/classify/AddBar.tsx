import { Camera, FolderOpen, ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './AddBar.module.css';
import { CameraDialog } from './CameraDialog.tsx';
import { usePickFiles } from './usePickFiles.tsx';

/** The ways to add photos, besides dropping and pasting. */
export function AddBar({ primary = false }: { primary?: boolean }) {
  const { pickFiles, pickFolder, inputs } = usePickFiles();
  const [camera, setCamera] = useState(false);
  return (
    <div className={styles['bar']}>
      <Button look={primary ? 'primary' : 'plain'} onClick={pickFiles}>
        <ImagePlus size={16} aria-hidden />
        Add photos…
      </Button>
      <Button icon aria-label="Add a folder…" title="Add a folder…" onClick={pickFolder}>
        <FolderOpen size={16} aria-hidden />
      </Button>
      <Button icon aria-label="Take a photo…" title="Take a photo…" onClick={() => setCamera(true)}>
        <Camera size={16} aria-hidden />
      </Button>
      {inputs}
      {camera && <CameraDialog onClose={() => setCamera(false)} />}
    </div>
  );
}
