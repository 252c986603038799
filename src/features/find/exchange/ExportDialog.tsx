import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { saveBlob } from '../../../ui/files/saveBlob.ts';
import { plural } from '../../../ui/format.ts';
import { Lines, Note } from '../../../ui/notes/Note.tsx';
import { ProgressLine } from '../../../ui/ProgressBar.tsx';
import styles from './exchange.module.css';
import { exportBoxes, type ExportKind, photosToExport } from './exportBoxes.ts';

const KINDS: readonly { kind: ExportKind; label: string; about: string }[] = [
  { kind: 'coco', label: 'COCO', about: 'One JSON file, for Detectron2, MMDetection and most tools.' },
  { kind: 'voc', label: 'PASCAL VOC', about: 'One XML file a photo, as labelImg writes them.' },
  { kind: 'yolo', label: 'YOLO', about: 'One text file a photo, classes.txt and data.yaml.' },
  { kind: 'csv', label: 'Table', about: 'CSV: one line a box, corners in pixels.' },
  { kind: 'drawn', label: 'Photos with boxes drawn', about: 'JPEGs to look at or to show, in a zip.' },
  { kind: 'crops', label: 'Crops', about: 'What lies in each box as a JPEG, a folder a class: a set for Fine-tune.' },
];
/** Problems that are listed. */
const MOST = 20;

/** Boxes as files. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const state = useAppState('findOrder', 'scenes', 'photos', 'findClasses');
  const photos = photosToExport(state);
  const boxes = photos.reduce((sum, photo) => sum + photo.boxes.length, 0);
  const [kind, setKind] = useState<ExportKind>('coco');
  const [withPhotos, setWithPhotos] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const work = useRef<AbortController | null>(null);
  useEffect(() => () => work.current?.abort(), []);
  const pictures = kind === 'drawn' || kind === 'crops';

  const start = () => {
    const abort = new AbortController();
    work.current = abort;
    setProblems([]);
    setProgress(0);
    exportBoxes(kind, withPhotos && !pictures, setProgress, abort.signal)
      .then(({ blob, name, problems }) => {
        saveBlob(blob, name);
        if (problems.length === 0) return onClose();
        const lines = problems.slice(0, MOST).map(({ file, reason }) => `${file}: ${reason}`);
        setProblems([`${plural(problems.length, 'photo')} left out. The rest is saved.`, ...lines]);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setProblems([messageOf(error)]);
      })
      .finally(() => setProgress(null));
  };

  return (
    <Dialog title={`Export ${plural(boxes, 'box', 'boxes')} in ${plural(photos.length, 'photo')}`} onClose={onClose}>
      <div className={styles['outcome']}>
        <fieldset className={styles['choices']} disabled={progress !== null}>
          <legend className="visually-hidden">As what</legend>
          {KINDS.map((one) => (
            <label key={one.kind} className={styles['choice']}>
              <input type="radio" name="kind" checked={kind === one.kind} onChange={() => setKind(one.kind)} />
              <span>
                {one.label}
                <span className={styles['quiet']}>{one.about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <CheckField
          label="With the photos, in a zip"
          checked={withPhotos && !pictures}
          disabled={pictures || progress !== null}
          onChange={setWithPhotos}
        />
        <p className={styles['quiet']}>Photos without a box go along where they are marked as complete.</p>
        {problems.length > 0 && (
          <Note tone="error" onDismiss={() => setProblems([])}>
            <Lines of={problems} />
          </Note>
        )}
      </div>
      <div className={styles['actions']}>
        {progress !== null ? (
          <ProgressLine
            className={styles['progress']}
            work={{ label: 'Exporting', fraction: progress }}
            action="Stop"
            onAction={() => work.current?.abort()}
          >
            Writing…
          </ProgressLine>
        ) : (
          <Button look="primary" disabled={photos.length === 0} onClick={start}>
            Export
          </Button>
        )}
      </div>
    </Dialog>
  );
}
