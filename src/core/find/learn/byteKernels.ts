/**
 * The inner loops over rows of bytes as WebAssembly text with 128-bit SIMD: the source of `byteModule.ts` (see `tools/buildSimd.ts`). Pointers
 * are in bytes; rows are of `n` bytes, a multiple of 16.
 */
import { each, range } from '../../simd/watText.ts';

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

/** Bytes of a cell that one turn of {@link most} takes. */
const BYTE_LANES = 64;

/** out[c] = the largest byte c of a rectangle of cells, `cell` bytes apart and rows `row` bytes apart; `n` is a multiple of 64. */
const most = `
(func (export "most")
  (param $from i32) (param $columns i32) (param $rows i32) (param $cell i32) (param $row i32) (param $n i32) (param $out i32)
  (local $c i32) (local $x i32) (local $y i32) (local $at i32) (local $line i32) ${each(4, (q) => `(local $m${q} v128)`)}
  (loop $next
    ${each(4, (q) => `(local.set $m${q} (v128.const i32x4 0 0 0 0))`)}
    (local.set $line (i32.add (local.get $from) (local.get $c)))
    (local.set $y (local.get $rows))
    (loop $down
      (local.set $at (local.get $line))
      (local.set $x (local.get $columns))
      (loop $right
        ${each(4, (q) => `(local.set $m${q} (i8x16.max_u (local.get $m${q}) (v128.load offset=${16 * q} (local.get $at))))`)}
        (local.set $at (i32.add (local.get $at) (local.get $cell)))
        (br_if $right (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
      (local.set $line (i32.add (local.get $line) (local.get $row)))
      (br_if $down (local.tee $y (i32.sub (local.get $y) (i32.const 1)))))
    ${each(4, (q) => `(v128.store offset=${16 * q} (i32.add (local.get $out) (local.get $c)) (local.get $m${q}))`)}
    (br_if $next (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const ${BYTE_LANES}))) (local.get $n)))))`;

/** Σ_i row[i]², for at most 130,000 bytes. */
const squares = `
(func (export "squares") (param $a i32) (param $n i32) (result f64)
  (local $i i32) (local $x v128) (local $h v128) (local $s v128)
  (loop $next
    (local.set $x (v128.load (i32.add (local.get $a) (local.get $i))))
    ${['low', 'high']
      .map(
        (half) => `(local.set $h (i16x8.extend_${half}_i8x16_u (local.get $x)))
    (local.set $s (i32x4.add (local.get $s) (i32x4.dot_i16x8_s (local.get $h) (local.get $h))))`,
      )
      .join('\n')}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n))))
  ${range(4)
    .map((q) => `(f64.convert_i32_u (i32x4.extract_lane ${q} (local.get $s)))`)
    .reduce((a, b) => `(f64.add ${a} ${b})`)})`;

/** The whole module in WebAssembly text; it imports its memory as `env.memory`. */
export function byteModuleText(): string {
  return `(module (import "env" "memory" (memory 0))${dots}${add}${most}${squares}\n)`;
}
