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
