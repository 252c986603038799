import { useEffect, useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import type { BatchRow } from '../../core/batchModel.ts';
import { useStore } from '../../store/store.ts';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { AfterFirstPaint } from '../../ui/AfterFirstPaint.tsx';
import { useDataDrop } from '../../ui/files/useDataDrop.ts';
import styles from './Batch.module.css';
import { BatchStatus } from './panels/BatchStatus.tsx';
import { droppedSource } from './run/sources.ts';
import { EmptyBatch } from './panels/EmptyBatch.tsx';
import { ResultsExport } from './panels/ResultsExport.tsx';
import { ClassesPanel } from './panels/ClassesPanel.tsx';
import { ResultsGrid } from './table/ResultsGrid.tsx';
import { FilterBar } from './table/FilterBar.tsx';
import { LabelPanel, type LabelTarget } from './panels/LabelPanel.tsx';
import { ResultsTable } from './table/ResultsTable.tsx';
import { SettingsPanel } from './panels/SettingsPanel.tsx';
import { SortPanel } from './panels/SortPanel.tsx';
import { useShownRows } from './table/useShownRows.ts';
import { pageBatch } from './run/pageBatch.ts';

export interface BatchProps {
  /** Shows a photo in the Classify tab, with its pyramid. */
  onOpenInClassify: (file: File) => void;
  /** Adds photos to a class of the fine-tuning set, or to a new one. */
  onAddToClass: (files: readonly File[], target: LabelTarget) => void;
  onShowFineTune: () => void;
}

function problem(error: unknown): void {
  useStore.getState().changeBatch({ batchProblem: messageOf(error) });
}

/** Thousands of photos at once: their classes in a table, and out of it as files, folders or labels. */
export function Batch({ onOpenInClassify, onAddToClass, onShowFineTune }: BatchProps) {
  const opened = useStore((state) => state.batchOpened);
  const empty = useStore((state) => state.batch === null);
  useEffect(() => void pageBatch.open(), []);
  const over = useDataDrop((data) => void pageBatch.takePhotos(droppedSource(data)).catch(problem));
  const [grid, setGrid] = useState(false);
  const shown = useShownRows();
  const open = (row: BatchRow) => void pageBatch.photoOf(row).then(onOpenInClassify, problem);

  if (!opened) return <p className={styles['opening']}>Looking for an earlier batch…</p>;
  return (
    <>
      {empty ? (
        <EmptyBatch />
      ) : (
        <div className={styles['zones']}>
          <section className={styles['status']} aria-label="Batch">
            <BatchStatus />
          </section>
          <section className={styles['results']} aria-label="Results">
            <AfterFirstPaint>
              <FilterBar shown={shown} grid={grid} onGrid={setGrid} />
              {grid ? <ResultsGrid rows={shown} onOpen={open} /> : <ResultsTable rows={shown} onOpen={open} />}
            </AfterFirstPaint>
          </section>
          <div className={styles['tools']}>
            <AfterFirstPaint>
              <ClassesPanel />
              <SettingsPanel />
              <LabelPanel onAddToClass={onAddToClass} onShowFineTune={onShowFineTune} />
              <ResultsExport shown={shown} />
              <SortPanel shown={shown} />
            </AfterFirstPaint>
          </div>
        </div>
      )}
      {over && <DropHint text="Drop a folder of photos" />}
    </>
  );
}
