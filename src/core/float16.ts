const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** One IEEE 754 half-precision number, from its 16 bits. */
function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

let table: Float32Array | null = null;

/** Half-precision numbers as float32, exactly. Some million of them take milliseconds: every half is looked up. */
export function float16ToFloat32(halves: ArrayLike<number>): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, half) => fromFloat16(half));
  const out = new Float32Array(halves.length);
  for (let i = 0; i < out.length; i++) out[i] = table[halves[i]!]!;
  return out;
}

/** bfloat16 numbers (the upper halves of float32 ones) as float32, exactly. */
export function bfloat16ToFloat32(halves: ArrayLike<number>): Float32Array {
  const out = new Float32Array(halves.length);
  for (let i = 0; i < out.length; i++) {
    bits[0] = halves[i]! << 16;
    out[i] = float[0]!;
  }
  return out;
}

const floatBits = new Uint32Array(1);
const asFloat = new Float32Array(floatBits.buffer);

/** float32 numbers as half-precision ones, rounded to the nearest, ties to even; too large ones become infinite. */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const word = words[i]!;
    if (word === 0) continue;
    const sign = (word >>> 16) & 0x8000;
    const size = word & 0x7fffffff;
    if (size >= 0x47800000) {
      // Infinite, NaN, or beyond what halves have.
      out[i] = sign | (size > 0x7f800000 ? 0x7e00 : 0x7c00);
    } else if (size < 0x38800000) {
      // Subnormal: adding ½ leaves the rounded half in the last bits.
      floatBits[0] = size;
      asFloat[0] = asFloat[0]! + 0.5;
      out[i] = sign | (floatBits[0]! - 0x3f000000);
    } else {
      out[i] = sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
    }
  }
  return out;
}
