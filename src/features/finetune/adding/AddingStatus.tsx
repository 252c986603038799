import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './Status.module.css';
import type { Adding } from './useAdding.ts';

/** What adding files has to say: a zip that is unpacked, what was left out, what went wrong. */
export function AddingStatus({ adding }: { adding: Adding }) {
  const { unpacking, notices, errors, dismiss } = adding;
  return (
    <>
      {unpacking && (
        <div className={styles['status']} role="status">
          <p>
            <span>Unpacking {unpacking.name}</span>
            <Button look="link" onClick={adding.stopUnpacking}>
              Stop
            </Button>
          </p>
          <ProgressBar label="Unpacking" fraction={unpacking.fraction} />
        </div>
      )}
      {errors.length > 0 && (
        <Note tone="error" onDismiss={dismiss}>
          {errors.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
      {notices.length > 0 && (
        <Note onDismiss={dismiss}>
          {notices.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
    </>
  );
}
