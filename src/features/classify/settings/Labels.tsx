import { useRef, useState } from 'react';
import { chooseHead } from '../../../client/chooseHead.ts';
import { DEFAULT_HEAD } from '../../../core/labels/readyHeads.ts';
import { messageOf } from '../../../core/errors.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './Labels.module.css';
import { labelsAddress } from './labelsAddress.ts';
import { tryLabels } from '../list/queue.ts';

/** Stands where the classes will stand. */
export function LabelsProgress({ fraction }: { fraction: number }) {
  return (
    <div className={styles['progress']}>
      <p>Fetching the ImageNet labels (about 14 MB, once): {Math.round(fraction * 100)} %</p>
      <ProgressBar label="ImageNet labels fetched" fraction={fraction} />
    </div>
  );
}

/** The quiet notice that there are no labels, with the ways to get them. */
export function LabelsUnavailable({ reason, details }: { reason: string; details: string }) {
  const labelsUrl = useStore((state) => state.settings.labelsUrl);
  const changeSettings = useStore((state) => state.changeSettings);
  const folder = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [url, setUrl] = useState(labelsUrl);
  const attempt = (files?: File[]) => {
    setProblem(null);
    tryLabels(files).catch((error: unknown) => setProblem(messageOf(error)));
  };
  return (
    <Note
      actions={
        <>
          <Button onClick={() => attempt()}>Try again</Button>
          <Button onClick={() => chooseHead(DEFAULT_HEAD)}>Use the built-in classes</Button>
          <details className={styles['details']}>
            <summary>Details</summary>
            <p className={styles['reason']}>{problem ?? details}</p>
            <Button onClick={() => folder.current?.click()}>Choose folder…</Button>
            <label className={styles['address']}>
              <span>Where the model’s model.json lies</span>
              <span>
                <input
                  type="url"
                  value={url}
                  placeholder="https://…/model.json"
                  onChange={(event) => setUrl(event.target.value)}
                />
                <Button
                  onClick={() => {
                    try {
                      changeSettings({ labelsUrl: labelsAddress(url, document.baseURI) });
                      attempt();
                    } catch (error) {
                      setProblem(messageOf(error));
                    }
                  }}
                >
                  Fetch
                </Button>
              </span>
            </label>
          </details>
          <input
            ref={folder}
            hidden
            type="file"
            webkitdirectory=""
            aria-label="Folder with the ImageNet model"
            onChange={(event) => {
              attempt([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </>
      }
    >
      <p>{reason}</p>
    </Note>
  );
}
