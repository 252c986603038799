import { Download, FolderSearch as FolderIcon } from 'lucide-react';
import type { FinderRun } from '../../../core/find/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { saveBlob } from '../../../ui/files/saveBlob.ts';
import { useFilePicker } from '../../../ui/files/useFilePicker.tsx';
import { count, plural, visibleName, wait } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressLine } from '../../../ui/ProgressBar.tsx';
import type { Threshold } from '../see/shownFinds.ts';
import styles from './folder.module.css';
import type { FolderState } from './FolderSearch.ts';
import { forgetSearch, searchFolder, useFolderSearch } from './pageSearch.ts';

/** Photos that are no part of the project, by the thousand: their boxes go to a file. */
export function FindFolder({ run, threshold }: { run: FinderRun; threshold: Threshold }) {
  const { name, search, state } = useFolderSearch();
  const going = state !== null && state.progress !== null;
  const picker = useFilePicker({
    filesLabel: 'Photos to search',
    folderLabel: 'Folder of photos to search',
    accept: 'image/*',
    onFiles: (files) => searchFolder(run, threshold, files),
  });
  return (
    <div className={styles['folder']}>
      <div className={styles['line']}>
        <Button icon={FolderIcon} disabled={going} onClick={picker.pickFolder}>
          Find in a folder of photos…
        </Button>
        {picker.inputs}
        {!state && (
          <span className={styles['quiet']}>Any number of photos; the boxes are written as COCO JSON and CSV.</span>
        )}
      </div>
      {state && search && (
        <>
          {state.progress ? (
            <ProgressLine
              work={{
                label: 'Searching the folder',
                fraction: state.progress.done / Math.max(1, state.progress.total),
              }}
              action="Stop"
              onAction={() => search.stop()}
            >
              {goingWords(state)}
            </ProgressLine>
          ) : (
            <>
              <p role="status">
                {overWords(state)} With “{visibleName(name)}”.
              </p>
              <div className={styles['line']}>
                <Button icon={Download} onClick={() => saveBlob(search.file.coco(), `${name} boxes.coco.json`)}>
                  Save as COCO JSON
                </Button>
                <Button icon={Download} onClick={() => saveBlob(search.file.csv(), `${name} boxes.csv`)}>
                  Save as CSV
                </Button>
                <Button look="link" onClick={forgetSearch}>
                  Done with it
                </Button>
              </div>
            </>
          )}
          {state.failures > 0 && <Failures state={state} />}
        </>
      )}
    </div>
  );
}

function Failures({ state: { failed, failures } }: { state: FolderState }) {
  return (
    <Note tone="warn">
      <details>
        <summary>{plural(failures, 'photo')} could not be searched</summary>
        <ul className={styles['failed']}>
          {failed.map(({ path, message }) => (
            <li key={path}>
              {visibleName(path)}: {message}
            </li>
          ))}
          {failures > failed.length && <li>{count(failures - failed.length)} more: the CSV names all of them.</li>}
        </ul>
      </details>
    </Note>
  );
}

function goingWords({ progress, boxes }: FolderState): string {
  if (!progress) return '';
  const { done, total, secondsLeft } = progress;
  const left = secondsLeft === null ? '' : `, ${wait(secondsLeft)} left`;
  return `${count(done)} of ${plural(total, 'photo')}, ${plural(boxes, 'box', 'boxes')} found${left}`;
}

function overWords({ photos, withFinds, boxes, left }: FolderState): string {
  if (photos === 0 && left === 0) return 'There was no photo to search.';
  const stopped = left > 0 ? ` Stopped: ${plural(left, 'photo')} not looked at.` : '';
  return `${plural(boxes, 'box', 'boxes')} found in ${count(withFinds)} of ${plural(photos, 'photo')}.${stopped}`;
}
