export interface ZipOutcome {
  /** Classes made, in order, with their numbers of photos. */
  readonly classes: readonly (readonly [name: string, photos: number])[];
  /** Sentences said: the refusal, or what was left out. */
  readonly said: readonly RegExp[];
}

/** What becomes of each zip of `images/hostile/zips` in the test data, given to the Fine-tune tab with the default limits. */
export const ZIP_OUTCOMES: Readonly<Record<string, ZipOutcome>> = {
  // One entry of 1 GB of zeros: counted while it is unpacked, refused at the limit of one photo.
  'bomb_1GB.zip': {
    classes: [],
    said: [
      /“bomb_1GB\.zip”: The zip unpacks to more than can be taken here: “a\/zeros\.jpg” passes the limit of 268 MB/,
    ],
  },
  'empty.zip': { classes: [], said: [/“empty\.zip” holds no photos\./] },
  'good_2class.zip': {
    classes: [
      ['rose', 2],
      ['tulip', 1],
    ],
    said: [/1 byte-identical copy left out/],
  },
  // Finder's and Explorer's own files are no photos, and not worth a word.
  'mac_junk.zip': { classes: [['a', 1]], said: [] },
  'nested.zip': {
    classes: [],
    said: [/1 archive in the zip left out: unpack it and drop its folders\./, /“nested\.zip” holds no photos\./],
  },
  'proto_class.zip': {
    classes: [
      ['__proto__', 1],
      ['constructor', 1],
    ],
    said: [/1 photo stands in more than one class/],
  },
  'truncated.zip': {
    classes: [],
    said: [/“truncated\.zip”: The zip cannot be read: it is cut short or is no zip file\./],
  },
  // Nothing is written under an entry's path; what climbs out of it or starts at a root or a drive is cut off the class's name.
  'zip_slip.zip': {
    classes: [
      ['evil', 1],
      ['abs', 1],
      ['x', 1],
      ['ok', 1],
    ],
    said: [/1 photo stands in more than one class/],
  },
};

/** The class folders of `images/hostile/class_names`, sorted: any text is a name, and only text. `<b>x</b>` is two folders on a disk. */
export const ODD_CLASS_NAMES: readonly string[] = [
  ' ',
  '<b>x<',
  '=1+1',
  '__proto__',
  'a'.repeat(200),
  'constructor',
  'toString',
  'ünï',
];
