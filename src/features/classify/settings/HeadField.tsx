import { chooseHead } from '../../../client/chooseHead.ts';
import { useStore } from '../../../store/store.ts';
import { HeadSelect } from '../../../ui/fields/HeadSelect.tsx';

/** The choice of the head that answers. */
export function HeadField({ label }: { label: string }) {
  const head = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  return (
    <label>
      {label}
      <HeadSelect head={head} heads={heads} without="pyramid only" onChoose={chooseHead} />
    </label>
  );
}
