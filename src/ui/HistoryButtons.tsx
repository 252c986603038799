import { Redo2, Undo2 } from 'lucide-react';
import { Button } from './Button.tsx';

export interface HistoryButtonsProps {
  /** What would be undone and done again, in words; undefined for nothing. */
  undo: string | undefined;
  redo: string | undefined;
  onUndo: () => void;
  onRedo: () => void;
  /** Of the first of the two. */
  className?: string | undefined;
}

/** Undo and redo, each saying what it would do. */
export function HistoryButtons({ undo, redo, onUndo, onRedo, className }: HistoryButtonsProps) {
  const buttons = [
    { name: 'Undo', Icon: Undo2, keys: 'Ctrl+Z', step: undo, onClick: onUndo },
    { name: 'Redo', Icon: Redo2, keys: 'Ctrl+Shift+Z', step: redo, onClick: onRedo },
  ];
  return buttons.map(({ name, Icon, keys, step, onClick }, i) => (
    <Button
      key={name}
      look="quiet"
      icon={Icon}
      className={i === 0 ? className : undefined}
      disabled={step === undefined}
      aria-label={step === undefined ? name : `${name}: ${step}`}
      title={step === undefined ? `Nothing to ${name.toLowerCase()}` : `${name}: ${step} (${keys})`}
      onClick={onClick}
    />
  ));
}
