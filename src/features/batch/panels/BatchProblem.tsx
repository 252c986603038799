import { useStore } from '../../../store/store.ts';
import { Note } from '../../../ui/notes/Note.tsx';

/** What went wrong, at the top of where it is looked for. */
export function BatchProblem() {
  const text = useStore((state) => state.batchProblem);
  const unkept = useStore((state) => state.batchUnkept);
  const changeBatch = useStore((state) => state.changeBatch);
  return (
    <>
      {text && (
        <Note tone="error" onDismiss={() => changeBatch({ batchProblem: null })}>
          {text}
        </Note>
      )}
      {unkept && (
        <Note tone="warn" onDismiss={() => changeBatch({ batchUnkept: null })}>
          {unkept}
        </Note>
      )}
    </>
  );
}
