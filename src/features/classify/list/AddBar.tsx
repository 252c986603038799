import { Camera, FolderOpen, ImagePlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './ImageList.module.css';
import { tookFocusBack } from './listFocus.ts';
import { usePickFiles } from './usePickFiles.tsx';

/**
 * The ways to add photos, besides dropping and pasting.
 * @param primary where there is nothing else: takes the focus of a list that went
 */
export function AddBar({ primary = false }: { primary?: boolean }) {
  const { pickFiles, pickFolder, inputs } = usePickFiles();
  const openCamera = useStore((state) => state.openCamera);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (primary) tookFocusBack(first.current);
  }, [primary]);
  return (
    <div className={styles['bar']}>
      <Button ref={first} look={primary ? 'primary' : 'plain'} onClick={pickFiles}>
        <ImagePlus size={16} aria-hidden />
        Add photos…
      </Button>
      <Button icon aria-label="Add a folder…" title="Add a folder…" onClick={pickFolder}>
        <FolderOpen size={16} aria-hidden />
      </Button>
      <Button
        icon
        aria-label="Camera…"
        title="Camera: see the answer move with the picture"
        onClick={() => openCamera(true)}
      >
        <Camera size={16} aria-hidden />
      </Button>
      {inputs}
    </div>
  );
}
