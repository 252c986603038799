import { useEffect } from 'react';
import { useAdding } from '../../client/photos/useAdding.ts';
import { warnBeforeClosing } from '../../client/warnBeforeClosing.ts';
import { useStore } from '../../store/store.ts';
import { AfterFirstPaint } from '../../ui/AfterFirstPaint.tsx';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { useFileDrop } from '../../ui/files/useFileDrop.ts';
import { useUndoKeys } from '../../ui/hooks/useUndoKeys.ts';
import { ImportResult } from './exchange/ImportResult.tsx';
import styles from './Find.module.css';
import { addToFind } from './photos/addToFind.ts';
import { EmptyFind } from './photos/EmptyFind.tsx';
import { PhotosZone } from './photos/PhotosZone.tsx';
import { Views } from './Views.tsx';

/** Draw boxes around things, have the page learn to find them, see what it finds. */
export function Find() {
  useEffect(warnBeforeClosing, []);
  useUndoKeys(
    useStore((state) => state.undoFind),
    useStore((state) => state.redoFind),
  );
  const adding = useAdding(addToFind);
  const over = useFileDrop((files) => adding.add(files, null), adding.fail);
  const empty = useStore((state) => state.scenes.size === 0 && state.finderRuns.length === 0);
  if (empty) {
    return (
      <>
        <ImportResult />
        <EmptyFind adding={adding} />
        {over && <DropHint text="Drop photos, with files of boxes or without" />}
      </>
    );
  }
  return (
    <div className={styles['zones']}>
      <ImportResult />
      <section className={styles['photos']} aria-label="Photos and classes">
        <PhotosZone adding={adding} filesOver={over} />
      </section>
      <AfterFirstPaint>
        <Views />
      </AfterFirstPaint>
    </div>
  );
}
