import type { RunRow } from '../../core/project/model.ts';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from '../../store/store.ts';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { AfterFirstPaint } from '../../ui/AfterFirstPaint.tsx';
import { useFileDrop } from '../../ui/files/useFileDrop.ts';
import { openNewClass } from './adding/addClass.ts';
import { BurstDialog } from './adding/BurstDialog.tsx';
import { ClassesZone } from './classes/ClassesZone.tsx';
import { dropTarget } from './classes/dragging.ts';
import { addFiles } from './adding/addFiles.ts';
import { EmptyFineTune } from './adding/EmptyFineTune.tsx';
import { useUndoKeys } from '../../ui/hooks/useUndoKeys.ts';
import styles from './FineTune.module.css';
import { warnBeforeClosing } from '../../client/warnBeforeClosing.ts';
import { OptionsZone } from './options/OptionsZone.tsx';
import { prepareEarly } from './train/prepareEarly.ts';
import { relabelRuns } from './runs/relabel.ts';
import { RunList } from './runs/RunList.tsx';
import { useAdding } from '../../client/photos/useAdding.ts';
import { Views } from './Views.tsx';

export interface FineTuneProps {
  /** Shows a photo in the Classify tab, with its pyramid. */
  onOpenInClassify: (file: File) => void;
  /** Classifies photos with a run, in the Classify tab. */
  onTry: (run: RunRow, photos: readonly File[]) => void;
  /** Has a run answer to what the camera sees. */
  onCamera: (run: RunRow) => void;
  /** The one file that most want, to be downloaded. */
  renderDownload: (run: RunRow) => ReactNode;
  /** What stands below a run's results, and below the list of runs: how the app takes heads away and brings them in. */
  renderBelowRun: (run: RunRow) => ReactNode;
  belowRuns: ReactNode;
}

/** Teach it your classes, watch it learn, see what it got wrong. */
export function FineTune({
  onOpenInClassify,
  onTry,
  onCamera,
  renderDownload,
  renderBelowRun,
  belowRuns,
}: FineTuneProps) {
  useEffect(warnBeforeClosing, []);
  useEffect(prepareEarly, []);
  useEffect(relabelRuns, []);
  useUndoKeys(
    useStore((state) => state.undo),
    useStore((state) => state.redo),
  );
  const empty = useStore((state) => state.dataset.classes.length === 0 && state.runs.length === 0);
  const view = useStore((state) => state.fineTuneView);
  const setView = useStore((state) => state.setFineTuneView);
  const nameClass = useStore((state) => state.nameClass);
  const [camera, setCamera] = useState(false);
  const adding = useAdding(addFiles);
  const over = useFileDrop((files) => {
    const taker = dropTarget.take();
    if (taker && 'tryOn' in taker) return taker.tryOn(files.map(({ file }) => file));
    adding.add(files, taker?.classId ?? null);
    setView('photos');
  }, adding.fail);

  // Outside of what it fills: with the first photo the empty tab goes.
  const burst = camera && <BurstDialog row={null} onClose={() => setCamera(false)} />;
  if (empty) {
    return (
      <>
        {burst}
        <EmptyFineTune adding={adding} onCamera={() => setCamera(true)} onClass={() => nameClass(openNewClass())}>
          {belowRuns}
        </EmptyFineTune>
        {over && <DropHint text="Drop folders of photos: each folder is a class" />}
      </>
    );
  }
  return (
    <>
      {burst}
      <div className={styles['zones']} data-view={view}>
        <section className={styles['classes']} aria-label="Classes">
          <ClassesZone adding={adding} filesOver={over} />
        </section>
        <AfterFirstPaint>
          <Views {...{ onOpenInClassify, onTry, onCamera, renderDownload, renderBelowRun }} />
        </AfterFirstPaint>
        <section className={styles['options']} aria-label="Options">
          <AfterFirstPaint>
            <OptionsZone />
          </AfterFirstPaint>
        </section>
        <section className={styles['runs']} aria-label="Runs">
          <AfterFirstPaint>
            <RunList />
            <div className={styles['below']}>{belowRuns}</div>
          </AfterFirstPaint>
        </section>
      </div>
    </>
  );
}
