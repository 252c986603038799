import { type ReactNode, useState } from 'react';
import { Button } from '../Button.tsx';
import { Note } from './Note.tsx';

export interface GoOnNoteProps {
  /** Whether a training was cut off, asked once. */
  found: () => boolean;
  /** Whether it can begin now; until then, nothing is shown. */
  ready: boolean;
  start: () => void;
  /** It is not wanted. */
  dismiss: () => void;
  children: ReactNode;
}

/** After a reload in the middle of a training: an offer to go on. */
export function GoOnNote({ found, ready, start, dismiss, children }: GoOnNoteProps) {
  const [offered, setOffered] = useState(found);
  if (!offered || !ready) return null;
  return (
    <Note
      actions={
        <Button
          onClick={() => {
            setOffered(false);
            start();
          }}
        >
          Go on training
        </Button>
      }
      onDismiss={() => {
        dismiss();
        setOffered(false);
      }}
    >
      {children}
    </Note>
  );
}
