import type { KeyLine } from '../../../ui/KeyList.tsx';

/** Names of keys and gestures of the box editor, and what they do. */
export const BOX_KEYS: readonly KeyLine[] = [
  [['drag'], 'draw a box'],
  [['click'], 'take the box that is proposed under the pointer'],
  [['Shift'], 'while pointing: the tightest proposal there'],
  [['[', ']'], 'the next smaller or larger proposal, before the click or after'],
  [['W'], 'draw over another box'],
  [['Enter'], 'a box in the middle; accept a suggestion'],
  [['Tab'], 'from box to box'],
  [['←', '↑', '↓', '→'], 'move the box by 1 px, with Shift by 10'],
  [['Alt', '←', '↑', '↓', '→'], 'resize it'],
  [['1', '…', '9'], 'the class of the box, and of the next one'],
  [['Del'], 'delete the box; reject a suggestion'],
  [['Esc'], 'let go of the box'],
  [['Ctrl', 'D'], 'copy to the next photo: the box, or all of them'],
  [['A', 'D'], 'the photo before, the photo after; also ← and → with no box selected'],
  [['Space'], 'this photo is complete'],
  [['Ctrl', 'Z'], 'undo; with Shift redo'],
  [['+', '−', '0'], 'zoom; the whole photo'],
  [['Space', 'drag'], 'push the photo; also the middle button or two fingers'],
];
