import { BYTE_ROWS } from './byteKernels.ts';
import type { ByteKernels } from './byteKernelTypes.ts';

/** The loops of byteKernels.ts in plain JavaScript, for engines without SIMD. */
export function plainKernels(memory: WebAssembly.Memory): ByteKernels {
  const bytes = () => new Uint8Array(memory.buffer);
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  return {
    dots(a, b, c, d, w, n, out) {
      const [from, weights, into] = [bytes(), floats(w, n), floats(out, BYTE_ROWS)];
      for (const [r, at] of [a, b, c, d].entries()) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += (from[at + i] as number) * (weights[i] as number);
        into[r] = sum;
      }
    },
    add(a, b, c, d, fa, fb, fc, fd, n, out) {
      const [from, into] = [bytes(), floats(out, n)];
      for (const [at, factor] of [[a, fa] as const, [b, fb] as const, [c, fc] as const, [d, fd] as const]) {
        for (let i = 0; i < n; i++) into[i] = (into[i] as number) + factor * (from[at + i] as number);
      }
    },
    most(from, columns, rows, cell, row, n, out) {
      const all = bytes();
      all.fill(0, out, out + n);
      for (let y = 0; y < rows; y++) {
        for (let x = 0, at = from + y * row; x < columns; x++, at += cell) {
          for (let c = 0; c < n; c++)
            if ((all[at + c] as number) > (all[out + c] as number)) all[out + c] = all[at + c] as number;
        }
      }
    },
    squares(a, n) {
      const all = bytes();
      let sum = 0;
      for (let i = a; i < a + n; i++) sum += (all[i] as number) ** 2;
      return sum;
    },
  };
}
