import type { RunRow } from '../../core/project/model.ts';
import { ScanSearch } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../ui/Button.tsx';

export interface TryButtonProps {
  run: RunRow;
  onTry: (run: RunRow, photos: readonly File[]) => void;
}

/** Opens the file picker; what is picked is classified by the run. */
export function TryButton({ run, onTry }: TryButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <ScanSearch size={16} aria-hidden />
        Try it on a photo
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept="image/*"
        aria-label="Photos to try the run on"
        onChange={({ currentTarget }) => {
          const photos = [...(currentTarget.files ?? [])];
          // Cleared, so that picking the same file again is a change again.
          currentTarget.value = '';
          if (photos.length > 0) onTry(run, photos);
        }}
      />
    </>
  );
}
