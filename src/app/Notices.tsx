import { useState } from 'react';
import { messageOf } from '../core/errors.ts';
import { useStore } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/notes/Note.tsx';
import styles from './App.module.css';
import { chooseBackend } from './startEngine.ts';

/** What concerns the whole page: no backend, and what the engine tells without being asked. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const backendError = useStore((state) => state.backendError);
  const dismiss = useStore((state) => state.dismissNotice);
  if (notices.length === 0 && backendError === null) return null;
  return (
    <div className={styles['notices']}>
      {backendError !== null && <NoBackend message={backendError} />}
      {notices.map(({ id, text }) => (
        <Note key={id} onDismiss={() => dismiss(id)}>
          {text}
        </Note>
      ))}
    </div>
  );
}

function NoBackend({ message }: { message: string }) {
  const [busy, setBusy] = useState(false);
  const setBackendError = useStore((state) => state.setBackendError);
  const retry = () => {
    setBusy(true);
    chooseBackend('auto')
      .catch((error: unknown) => setBackendError(messageOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <Note
      tone="error"
      actions={
        <Button disabled={busy} onClick={retry}>
          {busy ? 'Starting…' : 'Start with what works here'}
        </Button>
      }
    >
      Nothing can be computed now. {message}
    </Note>
  );
}
