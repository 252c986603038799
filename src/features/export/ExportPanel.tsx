import { proxy } from 'comlink';
import { Download } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { version } from '../../../package.json';
import { messageOf } from '../../core/errors.ts';
import type { TrainingRun } from '../../core/training/model.ts';
import type { HeadData } from '../../core/model.ts';
import { safeName } from '../../formats/safeName.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { bytes } from '../../ui/format.ts';
import { Note } from '../../ui/notes/Note.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { saveBlob } from '../../ui/files/saveBlob.ts';
import { EXPORT_FORMATS, type FormatRow } from './exportFormats.ts';
import styles from './export.module.css';
import { withExporter } from './withExporter.ts';

export interface ExportPanelProps {
  run: Omit<TrainingRun, 'head'> & { threshold: number };
  head: HeadData;
}

/** The hashes of a run's photos; null where one is not known any more. */
function hashesOf({ predictions }: ExportPanelProps['run']): string[] | null {
  const { photos } = useStore.getState();
  const hashes = predictions.map(({ id }) => photos.get(id)?.hash);
  return hashes.every((hash) => typeof hash === 'string') ? hashes : null;
}

/** Take the model away: a file for each place where it can run. */
export function ExportPanel({ run, head }: ExportPanelProps) {
  const title = useId();
  return (
    <section className={styles['panel']} aria-labelledby={title}>
      <h3 id={title}>Take the model away</h3>
      <ul className={styles['list']}>
        {EXPORT_FORMATS.map((row) => (
          <FormatItem key={row.format} row={row} run={run} head={head} />
        ))}
      </ul>
    </section>
  );
}

/** The file that runs in most places, for those who do not want to choose. */
const RECOMMENDED = EXPORT_FORMATS[0];

/** One file to take away; all others stand in {@link ExportPanel}. */
export function RecommendedExport({ run, head }: ExportPanelProps) {
  const title = useId();
  if (!RECOMMENDED) return null;
  return (
    <section className={styles['recommended']} aria-labelledby={title}>
      <h3 id={title}>Download</h3>
      <ul className={styles['list']}>
        <FormatItem row={RECOMMENDED} run={run} head={head} recommended />
      </ul>
      <p className={styles['size']}>Other files, for Python, PyTorch or a web page, stand below.</p>
    </section>
  );
}

type Stage =
  | { at: 'idle' }
  | { at: 'making'; fraction: number }
  | { at: 'made'; size: number }
  | { at: 'failed'; message: string };

function FormatItem({
  row,
  run,
  head,
  recommended = false,
}: ExportPanelProps & { row: FormatRow; recommended?: boolean }) {
  const [stage, setStage] = useState<Stage>({ at: 'idle' });
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const purpose = useId();
  const project = useStore((state) => state.project?.name);
  const name = `${safeName(project === undefined ? run.name : `${project} ${run.name}`, 'model')}${row.ending}`;

  const make = async () => {
    setStage({ at: 'making', fraction: 0 });
    const tell = (next: Stage) => shown.current && setStage(next);
    try {
      const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
      const request = {
        format: row.format,
        run: { ...run },
        head,
        unknownBelow: run.threshold,
        hashes: hashesOf(run),
        base,
        version,
      };
      const file = await withExporter((exporter) =>
        exporter.build(
          request,
          proxy((fraction: number) => void tell({ at: 'making', fraction })),
        ),
      );
      saveBlob(new Blob([file]), name);
      tell({ at: 'made', size: file.byteLength });
    } catch (error) {
      tell({ at: 'failed', message: messageOf(error) });
    }
  };

  const size = stage.at === 'made' ? bytes(stage.size) : `about ${bytes(row.bytes(head))}`;
  return (
    <li className={styles['item']}>
      <div className={styles['words']}>
        <b>{row.title}</b>
        <p id={purpose}>{row.purpose}</p>
      </div>
      <span className={styles['size']}>{size}</span>
      <Button
        icon={Download}
        aria-label={recommended ? `Download the recommended file, ${row.title}` : `Download ${row.title}`}
        aria-describedby={purpose}
        title={name}
        disabled={stage.at === 'making'}
        onClick={() => void make()}
      >
        Download
      </Button>
      <div className={styles['below']} aria-live="polite">
        {stage.at === 'making' && <ProgressBar label={`Making ${row.title}`} fraction={stage.fraction} />}
        {stage.at === 'failed' && (
          <Note tone="error" onDismiss={() => setStage({ at: 'idle' })}>
            {row.title} could not be made. {stage.message}
          </Note>
        )}
      </div>
    </li>
  );
}
