import { useEffect, useState } from 'react';
import { messageOf } from '../../engine/errors.ts';
import type { BatchRow } from '../../store/batch.ts';
import { useStore } from '../../store/store.ts';
import { DropHint } from '../../ui/DropHint.tsx';
import { useFileDrop } from '../../ui/useFileDrop.ts';
import styles from './Batch.module.css';
import { BatchStatus } from './BatchStatus.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { FilterBar } from './FilterBar.tsx';
import { LabelPanel, type LabelTarget } from './LabelPanel.tsx';
import { photoOf } from './photosAtHand.ts';
import { ResultsTable } from './ResultsTable.tsx';
import { openBatch, takePhotos } from './session.ts';
import { SettingsPanel } from './SettingsPanel.tsx';
import { SortPanel } from './SortPanel.tsx';
import { filesSource, folderSource } from './sources.ts';
import { useShownRows } from './useShownRows.ts';

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

/** A single dropped folder, where the browser hands out one that it will know again after a reload. */
function droppedFolder(data: DataTransfer): Promise<FileSystemHandle | null> | null {
  const [item, ...more] = data.items;
  if (!item || more.length > 0 || !item.webkitGetAsEntry?.()?.isDirectory) return null;
  return item.getAsFileSystemHandle?.() ?? null;
}

/** Thousands of photos at once: their classes in a table, and out of it as files, folders or labels. */
export function Batch({ onOpenInClassify, onAddToClass, onShowFineTune }: BatchProps) {
  const opened = useStore((state) => state.batchOpened);
  const empty = useStore((state) => state.batch === null);
  const [listing, setListing] = useState(false);
  useEffect(() => void openBatch(), []);
  const over = useFileDrop(
    (files) => {
      setListing(false);
      takePhotos(filesSource(files)).catch(problem);
    },
    (error) => {
      setListing(false);
      problem(error);
    },
    (data) => {
      const folder = droppedFolder(data);
      setListing(folder === null);
      folder
        ?.then((handle) => {
          if (handle instanceof FileSystemDirectoryHandle) return takePhotos(folderSource(handle));
          throw new Error('The folder could not be opened. Choose it with the button.');
        })
        .catch(problem);
      return folder !== null;
    },
  );
  const shown = useShownRows();
  const open = (row: BatchRow) => void photoOf(row).then(onOpenInClassify, problem);

  if (!opened) return <p className={styles['opening']}>Looking for an earlier batch…</p>;
  return (
    <>
      {empty ? (
        <EmptyState listing={listing} />
      ) : (
        <div className={styles['zones']}>
          <section className={styles['status']} aria-label="Batch">
            <BatchStatus listing={listing} />
          </section>
          <section className={styles['results']} aria-label="Results">
            <FilterBar shown={shown} />
            <ResultsTable rows={shown} onOpen={open} />
          </section>
          <div className={styles['tools']}>
            <SettingsPanel />
            <LabelPanel onAddToClass={onAddToClass} onShowFineTune={onShowFineTune} />
            <ExportPanel shown={shown} />
            <SortPanel shown={shown} />
          </div>
        </div>
      )}
      {over && <DropHint text="Drop a folder of photos" />}
    </>
  );
}
