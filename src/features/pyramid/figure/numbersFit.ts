/** Width of a digit of the smallest text, in CSS pixels, in the widest of the system's fonts. */
const DIGIT_PX = 8.3;
const LINE_PX = 18;

/** Whether all these numbers can be written into cells of this size, none of them cut. */
export function numbersFit(numbers: readonly string[], cell: { width: number; height: number }): boolean {
  const longest = numbers.reduce((most, { length }) => Math.max(most, length), 0);
  return cell.height >= LINE_PX && cell.width >= longest * DIGIT_PX + 2;
}
