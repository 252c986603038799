type Dots = (a: number, b: number, c: number, d: number, w: number, n: number, out: number) => void;
type Add = (
  a: number,
  b: number,
  c: number,
  d: number,
  fa: number,
  fb: number,
  fc: number,
  fd: number,
  n: number,
  out: number,
) => void;
type Most = (from: number, columns: number, rows: number, cell: number, row: number, n: number, out: number) => void;

/** The loops of byteKernels.ts. */
export interface ByteKernels {
  dots: Dots;
  add: Add;
  most: Most;
  squares: (a: number, n: number) => number;
}
