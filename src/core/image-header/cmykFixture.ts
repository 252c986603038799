/** Small JPEGs of four inks, made by hand for tests: each 8 × 8 pixels of one colour. */
import { bytesOf, segment, u16be } from './testFiles.ts';

/** Huffman codes as this file's tables have them: a DC difference's size in 4 bits, "no more" of AC in 1. */
const DC_TABLE = [0, 0, 0, 12, ...Array<number>(12).fill(0), ...Array.from({ length: 12 }, (_, i) => i)];
const AC_TABLE = [1, ...Array<number>(15).fill(0), 0];

export interface CmykOptions {
  /** The four components' ids. */
  ids: readonly number[];
  /** Adobe's marker, with its transform (0: inks as they are, 2: YCCK); left out where null. */
  adobe: 0 | 2 | null;
}

/**
 * A baseline JPEG of four inks, 8 times `columns` × 8 times `rows` pixels.
 * @param colour of a block: four values 0…255 as stored, Adobe's way with 255 for no ink
 */
export function cmykJpeg(
  columns: number,
  rows: number,
  colour: (column: number, row: number) => readonly number[],
  { ids = [1, 2, 3, 4], adobe = 0 }: Partial<CmykOptions> = {},
): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  const write = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  const before = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      colour(column, row).forEach((value, i) => {
        // Quanta of 8: the DC coefficient is the mean itself, 128 less.
        const difference = value - 128 - before[i]!;
        before[i] = value - 128;
        const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
        write(size, 4);
        write(difference < 0 ? difference + 2 ** size - 1 : difference, size);
        write(0, 1);
      });
    }
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = bits.slice(at, at + 8).reduce((sum, bit) => 2 * sum + bit, 0);
    data.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return bytesOf(
    0xff,
    0xd8,
    ...(adobe === null ? [] : [segment(0xee, 'Adobe', [0, 100, 0, 0, 0, 0, adobe])]),
    segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...u16be(8 * rows), ...u16be(8 * columns), 4], ...ids.map((id) => [id, 0x11, 0])),
    segment(0xc4, [0, ...DC_TABLE]),
    segment(0xc4, [0x10, ...AC_TABLE]),
    segment(0xda, [4], ...ids.map((id) => [id, 0]), [0, 63, 0]),
    data,
    0xff,
    0xd9,
  );
}
