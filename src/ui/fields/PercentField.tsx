import { useState } from 'react';

export interface PercentFieldProps {
  /** Told to those who do not see where it stands; its unit too. */
  label: string;
  /** 0…1 */
  value: number;
  onChange: (value: number) => void;
}

/** A share in whole percent, taken over as soon as it is one. */
export function PercentField({ label, value, onChange }: PercentFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      type="number"
      min={0}
      max={100}
      step={1}
      aria-label={`${label}, percent`}
      value={draft ?? String(Math.round(value * 100))}
      onChange={({ target }) => {
        setDraft(target.value);
        const typed = target.valueAsNumber;
        if (typed >= 0 && typed <= 100) onChange(typed / 100);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
