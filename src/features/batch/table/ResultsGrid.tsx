import { useMemo } from 'react';
import type { BatchRow } from '../../../core/batchModel.ts';
import { useAppState } from '../../../store/store.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { percent, visibleName } from '../../../ui/format.ts';
import { PhotoGrid } from '../../../ui/grid/PhotoGrid.tsx';
import { batchThumbnails } from '../run/thumbnails.ts';
import styles from './Table.module.css';

export interface ResultsGridProps {
  /** As they are shown: sorted and filtered. */
  rows: readonly BatchRow[];
  onOpen: (row: BatchRow) => void;
}

/** Results as pictures with their best class. */
export function ResultsGrid({ rows, onOpen }: ResultsGridProps) {
  const { batchSelected, changeBatch } = useAppState('batchSelected', 'changeBatch');
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  return (
    <div className={styles['grid']}>
      <PhotoGrid
        label="Results as pictures"
        ids={keys}
        tileHeight={184}
        selected={batchSelected}
        onSelect={(selected) => changeBatch({ batchSelected: selected })}
        photoOf={(key) => tileOf(byKey.get(key))}
        onOpen={(key) => {
          const row = byKey.get(key);
          if (row) onOpen(row);
        }}
      />
      {rows.length === 0 && <p className={styles['none']}>No result to show here.</p>}
    </div>
  );
}

function tileOf(row: BatchRow | undefined) {
  const best = row?.top[0];
  const answer = row?.error ? 'cannot be read' : best ? `${best.label}, ${percent(best.score)}` : 'no classes';
  const url = row ? batchThumbnails.url(row.key) : null;
  return {
    url,
    label: `${visibleName(row?.name ?? '')}: ${visibleName(answer)}`,
    ...(!url && { instead: row?.error ? 'cannot be read' : 'no picture kept' }),
    caption: (
      <span className={styles['caption']}>
        <b>
          <FileName name={best ? (row.unknown ? `Unknown (${best.label}?)` : best.label) : answer} />
          {best && <span>{percent(best.score)}</span>}
        </b>
        <FileName name={row?.name ?? ''} title={row?.path ?? ''} />
      </span>
    ),
  };
}
