import { FileImage, FolderOpen, Shapes } from 'lucide-react';
import { useState } from 'react';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { messageOf } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { AddingStatus } from '../../../ui/files/AddingStatus.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { tryFindExample } from '../train/tryFindExample.ts';
import styles from './photos.module.css';
import { FromFineTune } from './PhotosZone.tsx';
import { type Adding, useFindPicker } from './useFindPicker.ts';

/** The tab before there is a photo: what to do, and something to try it on. */
export function EmptyFind({ adding }: { adding: Adding }) {
  const touch = useMediaQuery('(pointer: coarse)');
  const [drawing, setDrawing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useFindPicker((files) => adding.add(files, null));
  const start = () => {
    setDrawing(true);
    setProblem(null);
    tryFindExample()
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setDrawing(false));
  };
  return (
    <EmptyTab
      line={
        touch ? 'Add photos, then draw boxes around your things' : 'Drop photos, then draw boxes around your things'
      }
      more="Ten photos are enough to begin with. They stay on this device; learning takes about half a minute."
    >
      <EditOnly>
        <div className={styles['actions']}>
          <Button look="primary" icon={FolderOpen} onClick={picker.pickFolder}>
            Choose a folder
          </Button>
          <Button icon={FileImage} onClick={picker.pickFiles}>
            Photos or a zip
          </Button>
          <FromFineTune />
          {picker.inputs}
        </div>
        <div className={styles['example']}>
          <ScenePicture />
          <Button icon={Shapes} disabled={drawing} onClick={start}>
            {drawing ? 'Drawing…' : 'Try the built-in example'}
          </Button>
          <p className={styles['quiet']}>
            Drawn scenes with their boxes, learned at once. Boxes that you have already come along: PASCAL VOC, COCO or
            YOLO, in a folder or a zip.
          </p>
        </div>
      </EditOnly>
      <div className={styles['said']}>
        {problem && (
          <Note tone="error" onDismiss={() => setProblem(null)}>
            {problem}
          </Note>
        )}
        <AddingStatus adding={adding} />
      </div>
    </EmptyTab>
  );
}

/** Two scenes of different shapes, each with a box around its thing. */
function ScenePicture() {
  return (
    <svg className={styles['picture']} viewBox="0 0 168 56" aria-hidden>
      <rect x="0.5" y="4.5" width="72" height="48" />
      <circle cx="46" cy="24" r="9" />
      <path className={styles['around']} d="M35.5 13.5h21v21h-21z" />
      <rect x="96.5" y="0.5" width="44" height="55" />
      <path d="M104 34h14v14h-14z" />
      <path className={styles['around']} d="M101.5 31.5h19v19h-19z" />
    </svg>
  );
}
