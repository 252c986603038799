const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/**
 * The orientation in a block of EXIF (a TIFF header and its first directory, with or without `Exif\0\0` before it).
 * 1 (as stored) where the tag is missing, invalid or the block is damaged: orientation never makes a file unreadable.
 */
export function readOrientation(block: DataView): number {
  const start = block.byteLength >= 6 && block.getUint32(0) === 0x45786966 ? 6 : 0;
  if (block.byteLength < start + 8) return 1;
  const order = block.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  if (block.getUint16(start + 2, little) !== 42) return 1;
  const directory = start + block.getUint32(start + 4, little);
  if (directory + 2 > block.byteLength) return 1;
  const entries = block.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > block.byteLength) return 1;
    if (block.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = block.getUint16(entry + 8, little);
    return block.getUint16(entry + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
