import { useEffect, useEffectEvent } from 'react';
import { useAdding } from '../../client/photos/useAdding.ts';
import { warnBeforeClosing } from '../../client/warnBeforeClosing.ts';
import { useStore } from '../../store/store.ts';
import { AfterFirstPaint } from '../../ui/AfterFirstPaint.tsx';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { useFileDrop } from '../../ui/files/useFileDrop.ts';
import { isTyping } from '../../ui/isTyping.ts';
import { ImportResult } from './exchange/ImportResult.tsx';
import styles from './Find.module.css';
import { addToFind } from './photos/addToFind.ts';
import { EmptyFind } from './photos/EmptyFind.tsx';
import { PhotosZone } from './photos/PhotosZone.tsx';
import { Views } from './Views.tsx';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) for everything that is done to boxes, photos and classes. */
function useUndoKeys(): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target) || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    const { undoFind, redoFind } = useStore.getState();
    if (key === 'z' && !event.shiftKey) undoFind();
    else if ((key === 'z' && event.shiftKey) || key === 'y') redoFind();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Draw boxes around things, have the page learn to find them, see what it finds. */
export function Find() {
  useEffect(warnBeforeClosing, []);
  useUndoKeys();
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
