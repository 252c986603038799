import { CircleAlert } from 'lucide-react';
import { memo } from 'react';
import { type BatchRow, rowLabel } from '../../../core/batchModel.ts';
import { missingEndWords } from '../../../core/image-header/missingEnd.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { bytes, dimensions, milliseconds, percent, visibleName } from '../../../ui/format.ts';
import styles from './Table.module.css';
import { RowPicture } from './RowPicture.tsx';

export interface ResultsRowProps {
  row: BatchRow;
  index: number;
  /** Distance from the top of the rows, in pixels. */
  start: number;
  /** Its controls take the tab stop. */
  active: boolean;
  selected: boolean;
  onSelect: (index: number, range: boolean) => void;
  onOpen: (row: BatchRow) => void;
}

/** One photo's result. */
export const ResultsRow = memo(function ResultsRow(props: ResultsRowProps) {
  const { row, index, start, active, selected, onSelect, onOpen } = props;
  const tabIndex = active ? 0 : -1;
  const best = row.top[0];
  return (
    <div
      className={styles['row']}
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      data-status={row.status}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="cell" className={styles['check']}>
        <input
          type="checkbox"
          tabIndex={tabIndex}
          aria-label={`Select ${visibleName(row.name)}`}
          checked={selected}
          onChange={() => {}}
          onClick={(event) => onSelect(index, event.shiftKey)}
        />
      </span>
      <span role="cell" className={styles['name']}>
        <RowPicture row={row} />
        <button type="button" data-main tabIndex={tabIndex} onClick={() => onOpen(row)}>
          <FileName name={row.name} title={`${row.path}, ${bytes(row.bytes)}: open in Classify`} />
        </button>
        {row.missingEnd !== undefined && (
          <span className={styles['warned']} title={missingEndWords(row.missingEnd)}>
            <CircleAlert size={16} aria-hidden />
            <span className="visually-hidden">{missingEndWords(row.missingEnd)}</span>
          </span>
        )}
      </span>
      {row.error ? (
        <span role="cell" aria-colspan={4} className={styles['failed']} title={row.error.message}>
          <CircleAlert size={16} aria-hidden />
          <span>{row.error.message}</span>
        </span>
      ) : (
        <>
          <span role="cell" className={styles['class']}>
            {best && (
              <FileName
                name={row.unknown ? `Unknown (${best.label}?)` : (rowLabel(row) ?? best.label)}
                title={row.top.map(({ label, score }) => `${label} ${percent(score)}`).join(', ')}
              />
            )}
            {!best && <span className={styles['quiet']}>no classes</span>}
          </span>
          <span role="cell" className={styles['score']}>
            {best ? percent(best.score) : '–'}
          </span>
          <span role="cell" className={styles['size']}>
            {dimensions(row)}
          </span>
          <span role="cell" className={styles['time']}>
            {milliseconds(row.milliseconds)}
          </span>
        </>
      )}
    </div>
  );
});
