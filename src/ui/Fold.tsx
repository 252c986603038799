import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import styles from './Fold.module.css';

export interface FoldProps {
  title: string;
  /** What is chosen inside, in few words; shown while closed and open. */
  says?: string;
  open?: boolean;
  /** Under this name it stays as it was left, also on the next visit; `open` holds until then. */
  remember?: string;
  /** What is inside is made when it is opened. */
  lazy?: boolean;
  children: ReactNode;
}

const KEY = 'anysize.folds';

/** The folds that were left open and closed, by name. */
function leftAs(): Record<string, unknown> {
  try {
    const left: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof left === 'object' && left !== null ? { ...left } : {};
  } catch {
    return {};
  }
}

function leaveAs(name: string, open: boolean): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...leftAs(), [name]: open }));
  } catch {
    // Storage is denied or full: it is as at first on the next visit.
  }
}

/** A part that opens and closes under its title. */
export function Fold({ title, says, open = false, remember, lazy = false, children }: FoldProps) {
  const [atFirst] = useState(() => {
    const left = remember === undefined ? null : leftAs()[remember];
    return typeof left === 'boolean' ? left : open;
  });
  const [isOpen, setIsOpen] = useState(atFirst);
  return (
    <details
      className={styles['fold']}
      open={atFirst}
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
        if (remember !== undefined) leaveAs(remember, currentTarget.open);
      }}
    >
      <summary>
        <span>{title}</span>
        {says && <span className={styles['says']}>{says}</span>}
        <ChevronRight size={16} aria-hidden />
      </summary>
      <div className={styles['inside']}>{(isOpen || !lazy) && children}</div>
    </details>
  );
}
