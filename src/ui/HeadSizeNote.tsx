import type { HeadData, SizePolicy } from '../core/model.ts';
import { describePolicy } from '../core/size/sizing.ts';
import { Button } from './Button.tsx';
import { visibleName } from './format.ts';
import { Note } from './notes/Note.tsx';

export interface HeadSizeNoteProps {
  head: Pick<HeadData, 'name' | 'policy'>;
  /** The size policy that is chosen, another one than the head's. */
  chosen: SizePolicy;
  onUse: () => void;
}

/** Where photos are sized otherwise than those that a head learned from: says so, with the way back. */
export function HeadSizeNote({ head, chosen, onUse }: HeadSizeNoteProps) {
  return (
    <Note actions={<Button onClick={onUse}>Use its size</Button>}>
      <bdi>{visibleName(head.name)}</bdi> learned from photos as: {describePolicy(head.policy)}. Now chosen:{' '}
      {describePolicy(chosen)}.
    </Note>
  );
}
