import { PinOff, Trash2 } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { Inspection } from '../../engine/protocol.ts';
import type { InspectionState } from '../../store/inspection.ts';
import type { ImageRow } from '../../store/images.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { FileName } from '../../ui/FileName.tsx';
import { count, dimensions } from '../../ui/format.ts';
import { Note } from '../../ui/Note.tsx';
import { useObjectUrl } from '../../ui/useObjectUrl.ts';
import { statusWords } from './ImageRowItem.tsx';
import { queue } from './queue.ts';
import styles from './Stage.module.css';

export interface StageProps {
  selected: InspectionState;
  pinned: InspectionState | null;
  /** What lies over an image, in its box. */
  renderOverlay: (id: string, inspection: Inspection) => ReactNode;
}

/** The chosen image as large as fits, with the pinned one beside it. */
export function Stage({ selected, pinned, renderOverlay }: StageProps) {
  const selectedId = useStore((state) => state.selectedId);
  const pinnedId = useStore((state) => state.pinnedId);
  return (
    <section className={styles['stage']} id="stage" tabIndex={-1} aria-label="Chosen photo">
      <div className={styles['images']}>
        {pinnedId !== null && pinnedId !== selectedId && pinned && (
          <Photo key={pinnedId} id={pinnedId} state={pinned} renderOverlay={renderOverlay} pinned />
        )}
        {selectedId !== null && (
          <Photo key={selectedId} id={selectedId} state={selected} renderOverlay={renderOverlay} />
        )}
      </div>
    </section>
  );
}

interface PhotoProps {
  id: string;
  state: InspectionState;
  renderOverlay: StageProps['renderOverlay'];
  pinned?: boolean;
}

function Photo({ id, state, renderOverlay, pinned = false }: PhotoProps) {
  const row = useStore((all) => all.rows[id]);
  const pinImage = useStore((all) => all.pinImage);
  const own = state.id === id ? state.inspection : null;
  const url = useObjectUrl(own?.preview ?? null);
  if (!row) return null;
  const facts = row.analysis?.facts;
  return (
    <figure className={styles['figure']}>
      <div className={styles['room']}>
        {row.error ? (
          <div className={styles['problem']}>
            <Note tone="error" actions={<FailedActions id={id} />}>
              {row.error.message}
            </Note>
          </div>
        ) : facts ? (
          <div className={styles['box']} style={{ '--aspect': facts.width / facts.height } as CSSProperties}>
            {(url ?? row.thumbnailUrl) && <img src={url ?? row.thumbnailUrl ?? ''} alt="" />}
            {own && !state.error && renderOverlay(id, own)}
          </div>
        ) : (
          <p className={styles['waiting']}>{statusWords(row)}</p>
        )}
      </div>
      <figcaption className={styles['caption']}>
        <FileName name={row.name} title={row.path} />
        <Numbers row={row} pooled={!state.error} />
        <div className={styles['actions']}>
          {pinned && (
            <Button look="quiet" icon aria-label="Unpin" title="Unpin" onClick={() => pinImage(null)}>
              <PinOff size={16} aria-hidden />
            </Button>
          )}
          {!pinned && (
            <Button
              look="quiet"
              icon
              aria-label="Remove this photo"
              title="Remove (Delete)"
              onClick={() => queue.remove([id])}
            >
              <Trash2 size={16} aria-hidden />
            </Button>
          )}
        </div>
      </figcaption>
    </figure>
  );
}

/** From own size to vector length: what differs between two images, and what does not. */
function Numbers({ row: { analysis }, pooled }: { row: ImageRow; pooled: boolean }) {
  if (!analysis) return <span className={styles['numbers']}>{'\u00a0'}</span>;
  const { facts, map, vectorLength } = analysis;
  return (
    <span className={styles['numbers']}>
      {dimensions(facts)} px → {map.height}×{map.width} cells
      {pooled && ` → ${vectorLength / map.channels} bins × ${map.channels} = ${count(vectorLength)}`}
    </span>
  );
}

function FailedActions({ id }: { id: string }) {
  return (
    <>
      <Button onClick={() => queue.again([id])}>Try again</Button>
      <Button onClick={() => queue.remove([id])}>Remove from the list</Button>
    </>
  );
}
