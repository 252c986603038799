import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BatchRow } from '../../../core/batchModel.ts';
import { useStore } from '../../../store/store.ts';
import { moveInGrid, selectedAfter } from '../../../ui/grid/gridSelection.ts';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import styles from './Table.module.css';
import { ResultsRow } from './ResultsRow.tsx';
import { SortHeaders } from './SortHeaders.tsx';

const ROW_PX = 40;
const TWO_LINES_PX = 60;

export interface ResultsTableProps {
  /** As they are shown: sorted and filtered. */
  rows: readonly BatchRow[];
  onOpen: (row: BatchRow) => void;
}

/**
 * Results as a table of which only the rows in sight are in the page. One row takes the focus: arrows, Page Up and Down, Home and End move it,
 * Enter opens, Space selects, with Shift up to there.
 */
export function ResultsTable({ rows, onOpen }: ResultsTableProps) {
  const selected = useStore((state) => state.batchSelected);
  const changeBatch = useStore((state) => state.changeBatch);
  const narrow = useMediaQuery('(width < 640px)');
  const box = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const anchor = useRef(0);
  const height = narrow ? TWO_LINES_PX : ROW_PX;
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const active = Math.max(0, activeKey === null ? 0 : keys.indexOf(activeKey));

  // Of which a new one would have all rows measured again.
  const getItemKey = useCallback((index: number) => keys[index] ?? index, [keys]);
  // oxlint-disable-next-line react/incompatible-library -- nothing memoised takes the virtualizer's functions
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey,
    overscan: 8,
    // The row with the focus stays in the page when it is scrolled out of sight, or the focus would be lost.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (active >= rows.length || shown.includes(active)) return shown;
      return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active];
    },
  });
  useLayoutEffect(() => virtual.measure(), [height, virtual]);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-row="${active}"] [data-main]`)?.focus({ preventScroll: true });
  });

  const select = useCallback(
    (to: number, range: boolean) => {
      if (!range) anchor.current = to;
      const before = useStore.getState().batchSelected;
      changeBatch({ batchSelected: selectedAfter(keys, before, anchor.current, to, { range, toggle: true }) });
      setActiveKey(keys[to] ?? null);
    },
    [changeBatch, keys],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (!row || (event.target as Element).closest('[role=columnheader]')) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 2);
    const pages: Record<string, number> = { PageUp: active - page, PageDown: active + page };
    const asked = pages[event.key] ?? moveInGrid(event.key, active, 1, rows.length);
    if (asked !== null && !/^Arrow(Left|Right)$/.test(event.key)) {
      const to = Math.min(rows.length - 1, Math.max(0, asked));
      virtual.scrollToIndex(to);
      wantsFocus.current = true;
      if (event.shiftKey) select(to, true);
      else anchor.current = to;
      setActiveKey(keys[to] ?? null);
    } else if (event.key === ' ') select(active, event.shiftKey);
    else if (event.key === 'Escape' && selected.size > 0) changeBatch({ batchSelected: new Set() });
    else return;
    event.preventDefault();
  };

  return (
    // The header's buttons and one row's take the focus; the keys that come from them are taken here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      className={`${styles['table']} ${narrow ? styles['narrow'] : ''}`}
      role="table"
      aria-label="Results"
      aria-rowcount={rows.length + 1}
      aria-colcount={6}
      onKeyDown={onKeyDown}
    >
      <SortHeaders keys={keys} />
      <div className={styles['room']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          return (
            row && (
              <ResultsRow
                key={key}
                row={row}
                index={index}
                start={start}
                active={index === active}
                selected={selected.has(row.key)}
                onSelect={select}
                onOpen={onOpen}
              />
            )
          );
        })}
      </div>
      {rows.length === 0 && <p className={styles['none']}>No result to show here.</p>}
    </div>
  );
}
