import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { visibleIds } from '../../../store/images.ts';
import { useStore } from '../../../store/store.ts';
import styles from './ImageList.module.css';
import { ImageRowItem } from './ImageRowItem.tsx';
import { leftList, nothingFocused } from './listFocus.ts';
import { queue } from './queue.ts';
import { useStaleIds } from '../settings/useStaleIds.ts';

const ROW_PX = 72;
const TILE_PX = 96;
const domId = (id: string) => `row-${id}`;

/**
 * The images as a virtualised listbox, upright or (`strip`) lying.
 * Arrows move, Home and End jump, Enter opens, Delete removes; focus stays on the list, so it survives scrolling.
 */
export function ImageList({ strip, onOpen }: { strip: boolean; onOpen: () => void }) {
  const order = useStore((state) => state.order);
  const filter = useStore((state) => state.filter);
  const rows = useStore((state) => (state.filter === 'all' ? null : state.rows));
  const ids = useMemo(() => (rows ? visibleIds({ order, filter, rows }) : order), [order, filter, rows]);
  const selectedId = useStore((state) => state.selectedId);
  const selectImage = useStore((state) => state.selectImage);
  const stale = useStaleIds();
  const scroller = useRef<HTMLDivElement>(null);
  // Of which a new one would have all rows measured again.
  const getItemKey = useCallback((index: number) => ids[index] ?? index, [ids]);
  // oxlint-disable-next-line react/incompatible-library -- nothing memoised takes the virtualizer's functions
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (strip ? TILE_PX : ROW_PX),
    getItemKey,
    horizontal: strip,
    overscan: 6,
  });
  const at = selectedId === null ? -1 : ids.indexOf(selectedId);

  // Lying instead of upright: what was measured means nothing any more.
  useEffect(() => virtualizer.measure(), [strip, virtualizer]);

  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [at, virtualizer]);

  useEffect(() => {
    // What was pressed to add the first photo is gone, and the keys are the list's.
    if (nothingFocused()) scroller.current?.focus({ preventScroll: true });
    return leftList;
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = ids.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) selectImage(ids[Math.min(last, Math.max(0, to))] ?? null);
    else if (event.key === 'Enter') onOpen();
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selectedId !== null) queue.remove([selectedId]);
    else return;
    event.preventDefault();
  };

  const shown = virtualizer.getVirtualItems();
  const activeShown = shown.some(({ index }) => index === at);
  return (
    <div
      ref={scroller}
      className={`${styles['list']} ${strip ? styles['strip'] : styles['vertical']}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a <select> cannot be virtualised and holds no thumbnails
      role="listbox"
      tabIndex={0}
      aria-label="Photos"
      aria-orientation={strip ? 'horizontal' : 'vertical'}
      aria-activedescendant={activeShown && selectedId !== null ? domId(selectedId) : undefined}
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        className={styles['room']}
        style={strip ? { width: virtualizer.getTotalSize() } : { height: virtualizer.getTotalSize() }}
      >
        {shown.map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <ImageRowItem
                key={id}
                id={id}
                domId={domId(id)}
                tile={strip}
                stale={stale.has(id)}
                position={index + 1}
                total={ids.length}
                style={{ transform: strip ? `translateX(${start}px)` : `translateY(${start}px)` }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
