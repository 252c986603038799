import type { ReactNode } from 'react';
import { useStore } from '../../../store/store.ts';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { HeadField } from '../settings/HeadField.tsx';
import { AddBar } from '../list/AddBar.tsx';
import { ClearedNote } from '../list/ClearedNote.tsx';
import styles from './Classes.module.css';

/** The page before there is a photo: what to do, and (`idea`) something to see and to try it on. */
export function EmptyState({ idea }: { idea: ReactNode }) {
  const trained = useStore((state) => state.heads.length > 0);
  const touch = useMediaQuery('(pointer: coarse)');
  return (
    <EmptyTab
      line={touch ? 'Add photos of any size' : 'Drop photos of any size on this page'}
      more="It names what it sees, in your browser: your photos never leave this device."
    >
      <AddBar primary />
      {trained && (
        <div className={styles['emptyStateHead']}>
          <HeadField label="Answers with" />
        </div>
      )}
      <ClearedNote />
      {idea}
    </EmptyTab>
  );
}
