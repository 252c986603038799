const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * The bits of the IEEE 754 half-precision number nearest to `value`, ties to even, subnormals kept.
 * @throws when the number is too large for a half (65,504) or not a number: a weight never is.
 */
export function toFloat16Bits(value: number): number {
  float[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const magnitude = Math.abs(float[0]);
  if (!(magnitude < 65_520)) throw new Error(`${value} does not fit in half precision.`);
  if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = ((bits[0]! >>> 23) & 0xff) - 127;
  // A mantissa that rounds up to 2 carries into the exponent by itself.
  return sign | (((exponent + 15) << 10) + roundToEven((magnitude / 2 ** exponent - 1) * 1024));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
