import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { Button } from '../../ui/Button.tsx';
import { useFilePicker } from '../../ui/files/useFilePicker.tsx';
import { Lines, Note } from '../../ui/notes/Note.tsx';
import styles from './export.module.css';
import { withExporter } from './withExporter.ts';

export interface ImportHeadProps {
  /** Takes the head that was read, with an id of its own. `notices` tell what had to be assumed; they are shown here too. */
  onHead: (head: HeadData, notices: readonly string[], fileName: string) => void | Promise<void>;
}

type Outcome = { tone: 'info' | 'error'; lines: readonly string[] };

/** Opens a head from a safetensors file: one that was taken away from here, or a PyTorch one with `lin.weight` and `lin.bias`. */
export function ImportHead({ onHead }: ImportHeadProps) {
  const [reading, setReading] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const read = async (file: File) => {
    setReading(true);
    setOutcome(null);
    try {
      const { head, notices } = await withExporter((exporter) => exporter.readHead(file, crypto.randomUUID()));
      await onHead(head, notices, file.name);
      if (notices.length > 0) setOutcome({ tone: 'info', lines: notices });
    } catch (error) {
      setOutcome({ tone: 'error', lines: [messageOf(error)] });
    }
    setReading(false);
  };

  const { pickFiles, inputs } = useFilePicker({
    filesLabel: 'Head to open',
    accept: '.safetensors',
    multiple: false,
    onFiles: ([picked]) => void (picked && read(picked.file)),
  });

  return (
    <div className={styles['import']}>
      <Button icon={FolderOpen} disabled={reading} onClick={pickFiles}>
        {reading ? 'Opening…' : 'Open a trained model…'}
      </Button>
      {inputs}
      {outcome && (
        <Note tone={outcome.tone} onDismiss={() => setOutcome(null)}>
          <Lines of={outcome.lines} />
        </Note>
      )}
    </div>
  );
}
