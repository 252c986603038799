import { missingEndWords } from '../../../core/image-header/missingEnd.ts';
import { PinOff, Trash2 } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { Inspection } from '../../../core/model.ts';
import type { InspectionState } from '../../../client/inspection.ts';
import type { ImageRow } from '../../../store/images.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { count, dimensions, plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import { statusWords } from '../list/ImageRowItem.tsx';
import { queue } from '../list/queue.ts';
import { GridChoice } from './GridChoice.tsx';
import styles from './Stage.module.css';
import { LEAST_SIDE, timesThicker } from './shownThickness.ts';
import { TileGrid } from './TileGrid.tsx';
import { TileStatus } from './TileStatus.tsx';
import { useFirstSight } from './useFirstSight.ts';
import { useSight } from './useSight.ts';

export interface StageProps {
  selected: InspectionState;
  pinned: InspectionState | null;
  /** What lies over an image, in its box. */
  renderOverlay: (id: string, inspection: Inspection) => ReactNode;
  /** What those marks mean, below it. */
  renderKey: (id: string, inspection: Inspection) => ReactNode;
  /** What else can be done with the chosen photo. */
  actions?: ReactNode;
  /** What is said of the chosen photo, where that stands right under it. */
  answer?: ReactNode;
  /** Told when the chosen photo leaves the screen and comes back. */
  onSight?: (inSight: boolean) => void;
}

/** The chosen image as large as fits, with the pinned one beside it. */
export function Stage({ selected, pinned, renderOverlay, renderKey, actions, answer, onSight }: StageProps) {
  const selectedId = useStore((state) => state.selectedId);
  const pinnedId = useStore((state) => state.pinnedId);
  const alone = pinnedId === null || pinnedId === selectedId;
  return (
    <section className={styles['stage']} id="stage" tabIndex={-1} aria-label="Chosen photo">
      <div className={styles['images']}>
        {!alone && pinned && (
          <Photo
            key={pinnedId}
            id={pinnedId}
            state={pinned}
            renderOverlay={renderOverlay}
            renderKey={renderKey}
            pinned
          />
        )}
        {selectedId !== null && (
          <Photo
            key={selectedId}
            id={selectedId}
            state={selected}
            renderOverlay={renderOverlay}
            renderKey={renderKey}
            actions={actions}
            answer={alone && answer}
            alone={alone}
            onSight={onSight}
          />
        )}
      </div>
      {!alone && answer && <div className={styles['answer']}>{answer}</div>}
    </section>
  );
}

interface PhotoProps {
  id: string;
  state: InspectionState;
  renderOverlay: StageProps['renderOverlay'];
  renderKey: StageProps['renderKey'];
  actions?: ReactNode;
  answer?: ReactNode;
  pinned?: boolean;
  /** No other photo stands beside it. */
  alone?: boolean;
  onSight?: ((inSight: boolean) => void) | undefined;
}

function Photo({ id, state, renderOverlay, renderKey, actions, answer, pinned = false, alone, onSight }: PhotoProps) {
  const row = useStore((all) => all.rows[id]);
  const pinImage = useStore((all) => all.pinImage);
  const own = state.id === id ? state.inspection : null;
  const url = useObjectUrl(own?.preview ?? null);
  const [room, space] = useElementSize<HTMLDivElement>();
  useSight(room, onSight);
  const sight = useFirstSight(id, row !== undefined && row.status !== 'failed' && url === null);
  if (!row) return null;
  const facts = row.facts ?? sight;
  const picture = url ?? sight?.url ?? row.thumbnailUrl;
  const tile = row.tile ?? state.tile;
  return (
    <figure className={styles['figure']}>
      <div
        ref={room}
        className={`${styles['room']} ${alone && facts ? styles['alone'] : ''}`}
        style={facts ? ({ '--aspect': facts.width / facts.height } as CSSProperties) : undefined}
      >
        {row.error ? (
          <div className={styles['problem']}>
            <Note tone="error" actions={<FailedActions id={id} />}>
              {row.error.message}
            </Note>
          </div>
        ) : facts ? (
          <div className={styles['box']} style={{ '--least': `${LEAST_SIDE}px` } as CSSProperties}>
            {picture !== null && <img src={picture} alt="" />}
            {tile ? <TileGrid tile={tile} /> : own && !state.error && renderOverlay(id, own)}
          </div>
        ) : (
          <p className={styles['waiting']}>{statusWords(row)}</p>
        )}
      </div>
      {answer && <div className={styles['answer']}>{answer}</div>}
      <div className={styles['key']}>{own && !tile && !state.error && renderKey(id, own)}</div>
      {tile && (
        <TileStatus
          tile={tile}
          purpose={row.tile ? undefined : 'for the pyramid'}
          onCancel={row.tile ? () => queue.cancel(id) : state.stop}
        />
      )}
      {row.status === 'cancelled' && (
        <p className={styles['tiles']}>
          Cancelled before there was an answer.
          <Button look="link" onClick={() => queue.again([id])}>
            Classify this photo
          </Button>
        </p>
      )}
      <figcaption className={styles['caption']}>
        <FileName name={row.name} title={row.path} />
        <Numbers row={row} pooled={!state.error} thicker={facts ? timesThicker(facts, space) : 1} />
        <div className={styles['actions']}>
          {!pinned && <GridChoice />}
          {!pinned && actions}
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
function Numbers({ row: { analysis }, pooled, thicker }: { row: ImageRow; pooled: boolean; thicker: number }) {
  if (!analysis) return <span className={styles['numbers']}>{'\u00a0'}</span>;
  const { facts, map, vectorLength } = analysis;
  return (
    <span className={styles['numbers']}>
      {facts.missingEnd !== undefined && <strong>{missingEndWords(facts.missingEnd)} </strong>}
      {dimensions(facts)} px → {dimensions(map)} cells
      {pooled && ` → ${plural(vectorLength / map.channels, 'bin')} × ${map.channels} = ${count(vectorLength)}`}
      {thicker > 1 && ` · shown ${thicker < 9.5 ? thicker.toFixed(1) : count(thicker)}× thicker than it is`}
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
