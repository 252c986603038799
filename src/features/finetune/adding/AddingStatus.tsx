import { Lines, Note } from '../../../ui/Note.tsx';
import { ProgressLine } from '../../../ui/ProgressBar.tsx';
import type { Adding } from './useAdding.ts';

/** What adding files has to say: a zip that is unpacked, what was left out, what went wrong. */
export function AddingStatus({ adding: { unpacking, stopUnpacking, notices, errors, dismiss } }: { adding: Adding }) {
  return (
    <>
      {unpacking && (
        <ProgressLine
          work={{ label: 'Unpacking', fraction: unpacking.fraction }}
          action="Stop"
          onAction={stopUnpacking}
        >
          Unpacking {unpacking.name}
        </ProgressLine>
      )}
      {errors.length > 0 && (
        <Note tone="error" onDismiss={dismiss}>
          <Lines of={errors} />
        </Note>
      )}
      {notices.length > 0 && (
        <Note onDismiss={dismiss}>
          <Lines of={notices} />
        </Note>
      )}
    </>
  );
}
