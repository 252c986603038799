const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const ALIGNMENT = 64;

/**
 * A NumPy `.npy` file (format 1.0, NEP 1) of little-endian float32 values in C order; `numpy.load` reads it.
 * The header is padded so that the data starts at a multiple of 64 bytes.
 * @param data values, row-major
 * @param shape lengths of the axes; their product is `data.length`
 * @throws RangeError when shape and data disagree
 */
export function npy(data: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const product = shape.reduce((a, b) => a * b, 1);
  if (product !== data.length)
    throw new RangeError(`shape (${shape.join(', ')}) holds ${product} values; there are ${data.length}`);
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefix = MAGIC.length + 4;
  const start = Math.ceil((prefix + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = dictionary.padEnd(start - prefix - 1, ' ') + '\n';

  const file = new Uint8Array(start + data.length * 4);
  const view = new DataView(file.buffer);
  file.set(MAGIC, 0);
  file.set([1, 0], MAGIC.length);
  view.setUint16(MAGIC.length + 2, header.length, true);
  file.set(new TextEncoder().encode(header), prefix);
  data.forEach((value, i) => view.setFloat32(start + i * 4, value, true));
  return file;
}
