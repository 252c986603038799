/** What a format's header tells. `width` and `height` as stored, before orientation. */
export interface HeaderFacts {
  width: number;
  height: number;
  /** EXIF orientation, 1…8; 1 where there is none or an invalid one. */
  orientation: number;
  /** More than one picture, as far as the header tells. */
  animated: boolean;
  /** A JPEG in several scans over the whole picture, which a decoder must hold all of. */
  progressive?: true;
  /** Set where most browsers cannot decode this variant: what it is, for people ("a lossless JPEG"). */
  rare?: string;
}

/** The facts of a plain still image of this size. */
export function stillFacts(width: number, height: number): HeaderFacts {
  return { width, height, orientation: 1, animated: false };
}

/** Why a header gives no size: the file ends inside it, it breaks its format's rules, or (SVG) it names none. */
export class HeaderProblem extends Error {
  override name = 'HeaderProblem';
  constructor(readonly kind: 'cut off' | 'damaged' | 'without a size') {
    super(`the header is ${kind}`);
  }
}
