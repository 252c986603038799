import { useRef, useState } from 'react';

export interface NameEditorProps {
  label: string;
  name: string;
  className?: string | undefined;
  maxLength?: number;
  /** The new name; null when it stays as it was. */
  onDone: (name: string | null) => void;
}

/** A name being changed in place: Enter or leaving takes it, Esc does not. */
export function NameEditor({ label, name, className, maxLength, onDone }: NameEditorProps) {
  const [text, setText] = useState(name);
  // Leaving by a key also blurs the field: the first end counts.
  const ended = useRef(false);
  const end = (result: string | null) => {
    if (ended.current) return;
    ended.current = true;
    onDone(result);
  };
  return (
    <input
      ref={(input) => {
        if (!input || document.activeElement === input) return;
        input.focus();
        input.select();
      }}
      type="text"
      dir="auto"
      className={className}
      aria-label={label}
      maxLength={maxLength}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => end(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // What takes the focus now must not be pressed by the same key.
          event.preventDefault();
          end(text);
        }
        if (event.key === 'Escape') end(null);
      }}
    />
  );
}
