/**
 * Colours of classes, told apart under the common kinds of colour blindness: Okabe & Ito (2008) without black, then Paul
 * Tol's "muted" where they do not repeat. Only ever beside a name, never instead of one.
 */
export const CLASS_COLOURS: readonly { name: string; css: string }[] = [
  { name: 'blue', css: '#0072b2' },
  { name: 'orange', css: '#e69f00' },
  { name: 'green', css: '#009e73' },
  { name: 'vermilion', css: '#d55e00' },
  { name: 'pink', css: '#cc79a7' },
  { name: 'sky', css: '#56b4e9' },
  { name: 'yellow', css: '#d8c400' },
  { name: 'indigo', css: '#5b4db1' },
  { name: 'wine', css: '#882255' },
  { name: 'olive', css: '#7f7f1d' },
];

/** The colour of a class by its place in the palette, which repeats when it ends. */
export function classColour(place: number): string {
  return CLASS_COLOURS[place % CLASS_COLOURS.length]?.css ?? '#0072b2';
}
