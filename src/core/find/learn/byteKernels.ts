/**
 * The inner loops over rows of bytes as WebAssembly text with 128-bit SIMD: the source of `byteModule.ts` (see `tools/buildSimd.ts`). Pointers
 * are in bytes; rows are of `n` bytes, a multiple of 16.
 */

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const each = (count: number, line: (i: number) => string) => range(count).map(line).join('\n');

/** Rows that one call takes. */
export const BYTE_ROWS = 4;

/** Bytes 4·q … 4·q + 3 of $x as four floats. */
const floats = (q: number) =>
  `(f32x4.convert_i32x4_s (i32x4.extend_${q % 2 ? 'high' : 'low'}_i16x8_u (i16x8.extend_${q > 1 ? 'high' : 'low'}_i8x16_u (local.get $x))))`;

/** out[r] = Σ_i row_r[i]·w[i], bytes times floats. */
const dots = `
(func (export "dots")
  ${each(BYTE_ROWS, (r) => `(param $a${r} i32)`)} (param $w i32) (param $n i32) (param $out i32)
  (local $i i32) (local $x v128) ${each(4, (q) => `(local $w${q} v128)`)} ${each(BYTE_ROWS, (r) => `(local $s${r} v128)`)}
  (loop $next
    ${each(4, (q) => `(local.set $w${q} (v128.load offset=${16 * q} (i32.add (local.get $w) (i32.shl (local.get $i) (i32.const 2)))))`)}
    ${each(
      BYTE_ROWS,
      (r) => `(local.set $x (v128.load (i32.add (local.get $a${r}) (local.get $i))))
    ${each(4, (q) => `(local.set $s${r} (f32x4.add (local.get $s${r}) (f32x4.mul (local.get $w${q}) ${floats(q)})))`)}`,
    )}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n))))
  ${each(
    BYTE_ROWS,
    (r) => `(f32.store offset=${4 * r} (local.get $out) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $s${r})) (f32x4.extract_lane 1 (local.get $s${r})))
      (f32.add (f32x4.extract_lane 2 (local.get $s${r})) (f32x4.extract_lane 3 (local.get $s${r})))))`,
  )})`;

/** out[i] += Σ_r f_r·row_r[i], bytes times floats. */
const add = `
(func (export "add")
  ${each(BYTE_ROWS, (r) => `(param $a${r} i32)`)} ${each(BYTE_ROWS, (r) => `(param $f${r} f32)`)} (param $n i32) (param $out i32)
  (local $i i32) (local $x v128) (local $at i32) ${each(4, (q) => `(local $s${q} v128)`)} ${each(BYTE_ROWS, (r) => `(local $k${r} v128)`)}
  ${each(BYTE_ROWS, (r) => `(local.set $k${r} (f32x4.splat (local.get $f${r})))`)}
  (loop $next
    (local.set $at (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 2))))
    ${each(4, (q) => `(local.set $s${q} (v128.load offset=${16 * q} (local.get $at)))`)}
    ${each(
      BYTE_ROWS,
      (r) => `(local.set $x (v128.load (i32.add (local.get $a${r}) (local.get $i))))
    ${each(4, (q) => `(local.set $s${q} (f32x4.add (local.get $s${q}) (f32x4.mul (local.get $k${r}) ${floats(q)})))`)}`,
    )}
    ${each(4, (q) => `(v128.store offset=${16 * q} (local.get $at) (local.get $s${q}))`)}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n)))))`;

/** The whole module in WebAssembly text; it imports its memory as `env.memory`. */
export function byteModuleText(): string {
  return `(module (import "env" "memory" (memory 0))${dots}${add}\n)`;
}
