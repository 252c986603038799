import { CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../Button.tsx';
import { visibleName } from '../format.ts';
import styles from './Note.module.css';

export interface NoteProps {
  tone?: 'info' | 'warn' | 'error';
  children: ReactNode;
  /** Buttons: what can be done about it. */
  actions?: ReactNode;
  onDismiss?: () => void;
}

/** A message at the thing it concerns: what happened, what to do. Errors are announced. */
export function Note({ tone = 'info', children, actions, onDismiss }: NoteProps) {
  const Icon = tone === 'info' ? Info : CircleAlert;
  return (
    <div className={`${styles['note']} ${styles[tone] ?? ''}`} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden />
      <div className={styles['body']}>{children}</div>
      {onDismiss && (
        <Button look="quiet" icon className={styles['close']} aria-label="Dismiss" onClick={onDismiss}>
          <X size={16} aria-hidden />
        </Button>
      )}
      {actions && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}

/** Several messages in one note, each a paragraph. */
export function Lines({ of }: { of: readonly string[] }) {
  return of.map((text) => <p key={text}>{text}</p>);
}

export interface DeletedNoteProps {
  name: string;
  onUndo: () => void;
  onDismiss: () => void;
}

/** The way back from a deletion. */
export function DeletedNote({ name, onUndo, onDismiss }: DeletedNoteProps) {
  return (
    <Note onDismiss={onDismiss} actions={<Button onClick={onUndo}>Undo</Button>}>
      Deleted “{visibleName(name)}”.
    </Note>
  );
}
