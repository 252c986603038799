import { Download } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { batchCsv, batchObjects } from '../../../formats/tables/batchCsv.ts';
import { safeName } from '../../../formats/safeName.ts';
import { jsonLines, textBlob } from '../../../formats/textBlob.ts';
import type { BatchRow } from '../../../core/batchModel.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { count } from '../../../ui/format.ts';
import { saveBlob } from '../../../ui/files/saveBlob.ts';
import styles from './Panels.module.css';

/** The results as a file. */
export function ResultsExport({ shown }: { shown: readonly BatchRow[] }) {
  const rows = useStore((state) => state.batchRows);
  const folder = useStore((state) => state.batch?.folder ?? null);
  const changeBatch = useStore((state) => state.changeBatch);
  const [mark, setMark] = useState(true);
  const [onlyShown, setOnlyShown] = useState(false);
  const [writing, setWriting] = useState(false);
  const filtered = shown.length !== rows.length;
  const chosen = filtered && onlyShown ? shown : rows;

  const write = (texts: Iterable<string>, type: string, ending: string) => {
    setWriting(true);
    textBlob(texts, type)
      .then((blob) => saveBlob(blob, `${safeName(folder ?? 'batch')}.${ending}`))
      .catch((error: unknown) => changeBatch({ batchProblem: `The file could not be written: ${messageOf(error)}` }))
      .finally(() => setWriting(false));
  };
  const idle = !writing && chosen.length > 0;
  return (
    <section className={styles['panel']} aria-label="Export">
      <h3>Export {count(chosen.length)}</h3>
      <div className={styles['row']}>
        <Button disabled={!idle} onClick={() => write(batchCsv(chosen, mark), 'text/csv', 'csv')}>
          <Download size={16} aria-hidden />
          CSV
        </Button>
        <Button disabled={!idle} onClick={() => write(jsonLines(batchObjects(chosen)), 'application/jsonl', 'jsonl')}>
          <Download size={16} aria-hidden />
          JSON lines
        </Button>
      </div>
      {filtered && (
        <CheckField label={`Only the ${count(shown.length)} shown`} checked={onlyShown} onChange={setOnlyShown} />
      )}
      <CheckField label="CSV marked as UTF-8, for Excel" checked={mark} onChange={setMark} />
      <p className={styles['quiet']}>
        In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front. JSON lines has names as they
        are.
      </p>
    </section>
  );
}
