export interface KeyGroup {
  place: string;
  /** Names of the keys, and what they do. */
  keys: readonly (readonly [names: readonly string[], does: string])[];
}

export const KEYS: readonly KeyGroup[] = [
  {
    place: 'Everywhere',
    keys: [
      [['Tab'], 'to the next control'],
      [['Esc'], 'close what is open'],
      [['Ctrl or ⌘', 'V'], 'add the photo on the clipboard'],
      [['?'], 'this list'],
    ],
  },
  {
    place: 'List of photos',
    keys: [
      [['↑', '↓'], 'the photo before, the photo after'],
      [['Home', 'End'], 'the first, the last'],
      [['Enter'], 'open: go to the photo and its bins'],
      [['Delete'], 'remove from the list'],
    ],
  },
  {
    place: 'Bins',
    keys: [
      [['←', '↑', '↓', '→'], 'the next bin in that direction'],
      [['Esc'], 'let go of the bin'],
    ],
  },
];
