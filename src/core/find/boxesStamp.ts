import type { LabelledBox } from './annotation.ts';

/**
 * A short text that tells one photo's boxes, their classes and its mark from any other's (FNV-1a, 32 bits), whatever their order: what a run
 * learned is compared with what is drawn now.
 */
export function boxesStamp(boxes: readonly LabelledBox[], complete: boolean): string {
  const lines = boxes.map(({ label, box }) => `${label} ${box.join()}`).sort();
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify([complete, ...lines])) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
