import type { HeadChoice } from '../../../core/model.ts';
import { chooseHead } from '../../../client/chooseHead.ts';
import { useStore } from '../../../store/store.ts';
import { count, visibleName } from '../../../ui/format.ts';

const headValue = (head: HeadChoice) => (typeof head === 'string' ? head : `own ${head.id}`);

/** Which head answers: the ImageNet labels, one that was trained here or opened, or none. */
export function HeadSelect({ label }: { label: string }) {
  const head = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  const gone = typeof head !== 'string' && !heads.some(({ id }) => id === head.id);
  const choose = (value: string) =>
    chooseHead(value === 'imagenet' || value === 'none' ? value : { id: value.slice('own '.length) });
  return (
    <label>
      {label}
      <select value={headValue(head)} onChange={(event) => choose(event.target.value)}>
        <option value="imagenet">ImageNet labels</option>
        {heads.map(({ id, name, classes }) => (
          <option key={id} value={`own ${id}`}>
            {visibleName(name)} ({count(classes.length)})
          </option>
        ))}
        {gone && <option value={headValue(head)}>A classifier that is no longer here</option>}
        <option value="none">None: pyramid only</option>
      </select>
    </label>
  );
}
