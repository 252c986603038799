import type { RunRow } from '../../core/project/model.ts';
import { ScanSearch } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { useFilePicker } from '../../ui/files/useFilePicker.tsx';

export interface TryButtonProps {
  run: RunRow;
  onTry: (run: RunRow, photos: readonly File[]) => void;
}

/** Opens the file picker; what is picked is classified by the run. */
export function TryButton({ run, onTry }: TryButtonProps) {
  const { pickFiles, inputs } = useFilePicker({
    filesLabel: 'Photos to try the run on',
    accept: 'image/*',
    onFiles: (picked) =>
      onTry(
        run,
        picked.map(({ file }) => file),
      ),
  });
  return (
    <>
      <Button icon={ScanSearch} onClick={pickFiles}>
        Try it on a photo
      </Button>
      {inputs}
    </>
  );
}
