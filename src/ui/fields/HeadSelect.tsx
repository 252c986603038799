import { READY_HEADS } from '../../core/labels/readyHeads.ts';
import type { HeadChoice } from '../../core/model.ts';
import { count, visibleName } from '../format.ts';

export interface HeadSelectProps {
  id?: string;
  head: HeadChoice;
  /** The trained heads that can be chosen. */
  heads: readonly { id: string; name: string; classes: readonly string[] }[];
  /** What there is without a head: "pyramid only". */
  without: string;
  onChoose: (head: HeadChoice) => void;
}

const OWN = 'own ';
const READY = ['everyday', 'imagenet'] as const;

function valueOf(head: HeadChoice): string {
  return typeof head === 'string' ? head : OWN + head.id;
}

/** Which head answers: the built-in classes, ImageNet's names, one that was trained here or opened, or none. */
export function HeadSelect({ id, head, heads, without, onChoose }: HeadSelectProps) {
  const gone = typeof head !== 'string' && !heads.some((entry) => entry.id === head.id);
  return (
    <select
      id={id}
      value={valueOf(head)}
      onChange={({ target: { value } }) =>
        onChoose(READY.find((ready) => ready === value) ?? (value === 'none' ? value : { id: value.slice(OWN.length) }))
      }
    >
      {READY.map((ready) => (
        <option key={ready} value={ready}>
          {READY_HEADS[ready].choice}
        </option>
      ))}
      {heads.map((entry) => (
        <option key={entry.id} value={OWN + entry.id}>
          {visibleName(entry.name)} ({count(entry.classes.length)})
        </option>
      ))}
      {gone && <option value={valueOf(head)}>A classifier that is no longer here</option>}
      <option value="none">None: {without}</option>
    </select>
  );
}
