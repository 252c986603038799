import { missingEndWords } from '../../../core/image-header/missingEnd.ts';
import type { RunRow } from '../../../core/project/model.ts';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { moveMembers } from '../../../store/dataset.ts';
import { fileOf } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { bytes, dimensions, visibleName } from '../../../ui/format.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { CamView } from './CamView.tsx';
import styles from './photos.module.css';

export interface PhotoDialogProps {
  /** The photos that the arrows go through. */
  ids: readonly string[];
  id: string;
  /** The run whose answer and Grad-CAM or HiResCAM are shown; null for the photo alone. */
  run: RunRow | null;
  onMove: (id: string) => void;
  onClose: () => void;
  onOpenInClassify: () => void;
}

/** One photo, large: what a run says of it and where it looked, its class, and its pyramid one click away. */
export function PhotoDialog({ ids, id, run, onMove, onClose, onOpenInClassify }: PhotoDialogProps) {
  const photo = useStore((state) => state.photos.get(id));
  const member = useStore((state) => state.dataset.members.get(id));
  const classes = useStore((state) => state.dataset.classes);
  const at = ids.indexOf(id);
  const go = (step: number) => {
    const next = ids[at + step];
    if (next !== undefined) onMove(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
  };
  return (
    <div className={styles['photo']} role="presentation" onKeyDown={onKeyDown}>
      <Dialog title={visibleName(photo?.name ?? 'Photo')} onClose={onClose}>
        {run && fileOf(id) ? <CamView key={id} id={id} run={run} /> : <PlainPhoto id={id} />}
        <div className={styles['row']}>
          <Button icon={ArrowLeft} disabled={at <= 0} onClick={() => go(-1)}>
            Before
          </Button>
          <Button disabled={at < 0 || at >= ids.length - 1} onClick={() => go(1)}>
            Next
            <ArrowRight size={16} aria-hidden />
          </Button>
          <span>
            {at + 1} of {ids.length}
          </span>
          {member && (
            <EditOnly>
              <select
                className={styles['push']}
                aria-label="Class of this photo"
                value={member.classId}
                onChange={(event) =>
                  useStore.getState().edit((dataset) => moveMembers(dataset, [id], event.target.value))
                }
              >
                {classes.map((row) => (
                  <option key={row.id} value={row.id}>
                    Class: {visibleName(row.name)}
                  </option>
                ))}
              </select>
            </EditOnly>
          )}
          <Button disabled={!fileOf(id)} onClick={onOpenInClassify}>
            Open in Classify
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

function PlainPhoto({ id }: { id: string }) {
  const photo = useStore((state) => state.photos.get(id));
  const url = useObjectUrl(fileOf(id) ?? null);
  const size = photo?.status === 'ready' ? `${dimensions(photo)} px, ` : '';
  return (
    <div className={styles['columns']}>
      <div className={styles['stage']}>
        {photo?.status === 'failed' ? <p>{photo.error}</p> : url && <Fitted url={url} name={photo?.name ?? ''} />}
      </div>
      <div className={styles['side']}>
        <div className={styles['facts']}>
          <FileName name={photo?.path ?? ''} />
          <span>
            {size}
            {photo && photo.bytes > 0 && bytes(photo.bytes)}
          </span>
          {photo?.missingEnd !== undefined && <span>{missingEndWords(photo.missingEnd)}</span>}
        </div>
      </div>
    </div>
  );
}

function Fitted({ url, name }: { url: string; name: string }) {
  return (
    <img src={url} alt={visibleName(name)} style={{ maxWidth: '100%', maxHeight: '100%', objectFit: 'contain' }} />
  );
}
