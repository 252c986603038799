import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useDeferredValue,
  useId,
  useRef,
  useState,
} from 'react';
import styles from './PhotoGrid.module.css';
import { moveInGrid, selectedAfter } from './gridSelection.ts';
import { useElementSize } from '../hooks/useElementSize.ts';

export interface GridPhoto {
  /** Object URL of the thumbnail; null while there is none. */
  url: string | null;
  /** What it is, for those who do not see it. */
  label: string;
  /** Instead of a picture: "reading", "cannot be read". */
  instead?: string;
  /** A word over the picture: "copy", "val". */
  mark?: string | null;
  /** Lines under the picture; the same number for every photo. */
  caption: ReactNode;
}

export interface PhotoGridProps {
  label: string;
  ids: readonly string[];
  photoOf: (id: string) => GridPhoto;
  tileWidth?: number;
  tileHeight?: number;
  selected?: ReadonlySet<string>;
  /** Absent where photos cannot be selected. */
  onSelect?: (ids: ReadonlySet<string>) => void;
  onOpen: (id: string) => void;
  /** Keys that the grid does not use itself; `id` is the photo that the focus is on. */
  onKey?: (event: KeyboardEvent, id: string) => void;
  onDragStart?: (event: DragEvent, id: string) => void;
}

const GAP = 8;

/** Photos in rows, only those in sight in the page: a listbox with one tab stop, arrows, ranges and Enter. */
export function PhotoGrid(props: PhotoGridProps) {
  const {
    label,
    ids,
    photoOf,
    tileWidth = 104,
    tileHeight = 128,
    selected,
    onSelect,
    onOpen,
    onKey,
    onDragStart,
  } = props;
  const [box, size] = useElementSize<HTMLDivElement>();
  // The tiles are made in slices, after what stands around them.
  const width = useDeferredValue(size.width);
  const [activeId, setActiveId] = useState<string | null>(null);
  const anchor = useRef(0);
  const prefix = useId();
  const columns = Math.max(1, Math.floor((width - 8 + GAP) / (tileWidth + GAP)));
  const rowCount = Math.ceil(ids.length / columns);
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer's functions stay within this component
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : rowCount,
    getScrollElement: () => box.current,
    estimateSize: () => tileHeight + GAP,
    overscan: 3,
  });
  const active = Math.max(0, activeId === null ? 0 : ids.indexOf(activeId));

  const go = (to: number, event: KeyboardEvent | MouseEvent, click: boolean) => {
    const id = ids[to];
    if (id === undefined) return;
    setActiveId(id);
    if (!click) virtual.scrollToIndex(Math.floor(to / columns));
    if (!onSelect || !selected) return;
    const range = event.shiftKey;
    const toggle = event.ctrlKey || event.metaKey;
    if (!range) anchor.current = to;
    if (click || range || !toggle)
      onSelect(selectedAfter(ids, selected, anchor.current, to, { range, toggle: click && toggle }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const id = ids[active];
    if (id === undefined) return;
    const to = moveInGrid(event.key, active, columns, ids.length);
    if (to !== null) {
      event.preventDefault();
      go(to, event, false);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(id);
    } else if (event.key === ' ' && onSelect && selected) {
      event.preventDefault();
      onSelect(selectedAfter(ids, selected, active, active, { range: false, toggle: true }));
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && onSelect) {
      event.preventDefault();
      onSelect(new Set(ids));
    } else if (event.key === 'Escape' && onSelect && selected && selected.size > 0) {
      onSelect(new Set());
    } else onKey?.(event, id);
  };

  return (
    <div
      ref={box}
      className={styles['grid']}
      role="listbox"
      aria-label={label}
      aria-multiselectable={onSelect !== undefined}
      aria-activedescendant={ids.length > 0 ? `${prefix}${ids[active]}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={styles['canvas']} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className={styles['row']}
            role="presentation"
            style={{
              height: tileHeight,
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {ids.slice(row.index * columns, (row.index + 1) * columns).map((id, column) => {
              const at = row.index * columns + column;
              const photo = photoOf(id);
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the listbox has the keys
                <div
                  key={id}
                  id={`${prefix}${id}`}
                  className={`${styles['tile']} ${at === active ? styles['active'] : ''}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={selected?.has(id) ?? at === active}
                  aria-setsize={ids.length}
                  aria-posinset={at + 1}
                  aria-label={photo.label}
                  draggable={onDragStart !== undefined}
                  onDragStart={(event) => onDragStart?.(event, id)}
                  onClick={(event) => {
                    box.current?.focus({ preventScroll: true });
                    go(at, event, true);
                    if (!onSelect) onOpen(id);
                  }}
                  onDoubleClick={() => onSelect && onOpen(id)}
                >
                  <div className={styles['picture']} style={{ height: tileHeight - 26 - captionHeight(tileHeight) }}>
                    {photo.url ? <img src={photo.url} alt="" draggable={false} /> : (photo.instead ?? '')}
                  </div>
                  <div className={styles['caption']}>{photo.caption}</div>
                  {photo.mark && <span className={styles['mark']}>{photo.mark}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Room for one caption line in low tiles, two in high ones, beyond the padding. */
function captionHeight(tileHeight: number): number {
  return tileHeight > 136 ? 16 : 0;
}
