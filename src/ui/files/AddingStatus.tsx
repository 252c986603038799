import { Lines, Note } from '../notes/Note.tsx';
import { ProgressLine } from '../ProgressBar.tsx';

export interface AddingStatusProps {
  adding: {
    /** The zip that is unpacked now; null for none. */
    unpacking: { name: string; fraction: number } | null;
    stopUnpacking: () => void;
    notices: readonly string[];
    errors: readonly string[];
    dismiss: () => void;
  };
}

/** What adding files has to say: a zip that is unpacked, what was left out, what went wrong. */
export function AddingStatus({ adding: { unpacking, stopUnpacking, notices, errors, dismiss } }: AddingStatusProps) {
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
