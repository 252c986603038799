import { Button } from '../../../ui/Button.tsx';
import { plural } from '../../../ui/format.ts';
import { clearedList, putBack } from './clearAll.ts';

/** Undo for “Clear all”, for half a minute. */
export function ClearedNote() {
  const last = clearedList.useLast((state) => state.last);
  if (!last) return null;
  return (
    <p role="status">
      {plural(last.rows.length, 'photo')} cleared.{' '}
      <Button look="link" onClick={putBack}>
        Undo
      </Button>
    </p>
  );
}
