/** Why a header gives no size: the file ends inside it, it breaks its format's rules, or (SVG) it names none. */
export class HeaderProblem extends Error {
  override name = 'HeaderProblem';
  constructor(readonly kind: 'cut off' | 'damaged' | 'without a size') {
    super(`the header is ${kind}`);
  }
}
