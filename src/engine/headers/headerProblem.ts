/** Why a header gives no size: the file ends inside it, or it breaks its format's rules. */
export class HeaderProblem extends Error {
  override name = 'HeaderProblem';
  constructor(readonly kind: 'cut off' | 'damaged') {
    super(`the header is ${kind}`);
  }
}
