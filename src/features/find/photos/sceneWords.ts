import type { Scene } from '../../../core/project/findModel.ts';
import { plural } from '../../../ui/format.ts';

/** What is said over a photo: how many boxes, a tick where it is complete, how many things the shown finder found. */
export function sceneMark({ boxes, complete }: Scene, found: number | null): string | null {
  const parts = [boxes.length > 0 && String(boxes.length), complete && '✓', found !== null && `found ${found}`].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(' ') : null;
}

/** The same in words. */
export function sceneWords({ boxes, complete }: Scene, found: number | null): string {
  const parts = [
    plural(boxes.length, 'box', 'boxes'),
    complete ? 'complete' : 'not complete',
    found !== null && `${found} found`,
  ].filter(Boolean);
  return parts.join(', ');
}
