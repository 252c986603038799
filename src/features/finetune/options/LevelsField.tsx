import { useId, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { binCount, checkLevels } from '../../../core/pyramid/geometry.ts';
import fields from '../../../ui/fields/Field.module.css';
import { count } from '../../../ui/format.ts';

/** Channels of MobileNetV2's feature map. */
const CHANNELS = 1280;

/** Levels as typed: "4, 2, 1", "4 2 1", "[4,2,1]". */
function parse(text: string): number[] {
  return text
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number);
}

function problemOf(levels: readonly number[]): string | null {
  try {
    checkLevels(levels);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** The levels of the pyramid, typed; taken over when they are one. */
export function LevelsField({ levels, onChange }: { levels: readonly number[]; onChange: (levels: number[]) => void }) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? levels : parse(draft);
  const problem = problemOf(typed);
  const take = () => {
    if (draft !== null && !problem) onChange(parse(draft));
    setDraft(null);
  };
  return (
    <div className={fields['field']}>
      <label className={fields['label']} htmlFor={id}>
        Pyramid levels
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        value={draft ?? levels.join(', ')}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <p id={`${id}-hint`} className={fields['hint']}>
        {problem ?? `${count(binCount(typed))} bins: vectors of ${count(binCount(typed) * CHANNELS)}`}
      </p>
    </div>
  );
}
