/**
 * The recipe's inner loops as WebAssembly text with 128-bit SIMD: the source of `bytes.ts` (see `tools/buildSimd.ts`). Pointers and strides are in
 * bytes.
 */

import { each } from '../../simd/watText.ts';
import { MOMENT_CHANNELS, PANEL_COLUMNS, PANEL_ROWS } from './layout.ts';

const VECTORS = PANEL_COLUMNS / 4;
const PAIRS = MOMENT_CHANNELS / 2;

/** out[i] = √max(x[i], 0) − c[i] over `n` bytes, a multiple of 16. What is no number counts as 0. */
const root = `
(func (export "root") (param $x i32) (param $c i32) (param $out i32) (param $n i32) (local $i i32)
  (loop $next
    (v128.store (i32.add (local.get $out) (local.get $i)) (f32x4.sub
      (f32x4.sqrt (f32x4.pmax (v128.const i32x4 0 0 0 0) (v128.load (i32.add (local.get $x) (local.get $i)))))
      (v128.load (i32.add (local.get $c) (local.get $i)))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n)))))`;

/**
 * C += A·B for a panel B of 16 columns that stand behind each other, row by row: A has 2·`pairs` rows of `n` bytes, as many as B has rows times 4. Sums
 * are made in registers, then added.
 */
const panel = `
(func (export "panel")
  (param $a i32) (param $aStride i32) (param $b i32) (param $c i32) (param $cStride i32) (param $pairs i32) (param $n i32)
  (local $end i32) (local $p i32) (local $next i32) (local $to i32)
  ${each(PANEL_ROWS, (r) => `(local $y${r} v128) ${each(VECTORS, (v) => `(local $s${r}${v} v128)`)}`)}
  ${each(VECTORS, (v) => `(local $x${v} v128)`)}
  (loop $pair
    ${each(PANEL_ROWS, (r) => each(VECTORS, (v) => `(local.set $s${r}${v} (v128.const i32x4 0 0 0 0))`))}
    (local.set $p (local.get $b))
    (local.set $end (i32.add (local.get $a) (local.get $n)))
    (local.set $next (i32.add (local.get $a) (local.get $aStride)))
    (loop $row
      (local.set $y0 (v128.load32_splat (local.get $a)))
      (local.set $y1 (v128.load32_splat (local.get $next)))
      ${each(VECTORS, (v) => `(local.set $x${v} (v128.load offset=${16 * v} (local.get $p)))`)}
      ${each(PANEL_ROWS, (r) =>
        each(
          VECTORS,
          (v) =>
            `(local.set $s${r}${v} (f32x4.add (local.get $s${r}${v}) (f32x4.mul (local.get $x${v}) (local.get $y${r}))))`,
        ),
      )}
      (local.set $p (i32.add (local.get $p) (i32.const ${4 * PANEL_COLUMNS})))
      (local.set $next (i32.add (local.get $next) (i32.const 4)))
      (br_if $row (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 4))) (local.get $end))))
    (local.set $to (local.get $c))
    ${each(
      PANEL_ROWS,
      (
        r,
      ) => `${each(VECTORS, (v) => `(v128.store offset=${16 * v} (local.get $to) (f32x4.add (local.get $s${r}${v}) (v128.load offset=${16 * v} (local.get $to))))`)}
    (local.set $to (i32.add (local.get $to) (local.get $cStride)))`,
    )}
    (local.set $c (local.get $to))
    (local.set $a (i32.add (i32.sub (local.get $a) (local.get $n)) (i32.shl (local.get $aStride) (i32.const 1))))
    (br_if $pair (local.tee $pairs (i32.sub (local.get $pairs) (i32.const 1))))))`;

/** Two of the four floats in a vector, as float64: the lower or the upper. */
const half = (vector: string, upper: boolean) =>
  upper
    ? `(f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${vector} ${vector}))`
    : `(f64x2.promote_low_f32x4 ${vector})`;

/** A pass over all cells, 8 channels of each: `with` makes what is added of pair `p`, two values in float64. */
const pass = (added: (p: number, pair: string) => string) => `
    (local.set $at (local.get $x))
    (loop $cell
      ${each(PAIRS / 2, (q) => `(local.set $v${q} (v128.load offset=${16 * q} (local.get $at)))`)}
      ${each(PAIRS, (p) => added(p, half(`(local.get $v${p >> 1})`, p % 2 === 1)))}
      (br_if $cell (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $n))) (local.get $end))))`;

/** Of `cells` cells of `n` bytes: each channel's mean, and Σ (x − mean)², in two passes; float64. `n` is a multiple of 32. */
const moments = `
(func (export "moments") (param $x i32) (param $cells i32) (param $n i32) (param $means i32) (param $squares i32)
  (local $stop i32) (local $end i32) (local $at i32) (local $share v128)
  ${each(PAIRS / 2, (q) => `(local $v${q} v128)`)}
  ${each(PAIRS, (p) => `(local $m${p} v128) (local $s${p} v128) (local $d${p} v128)`)}
  (local.set $stop (i32.add (local.get $x) (local.get $n)))
  (local.set $end (i32.add (local.get $x) (i32.mul (local.get $cells) (local.get $n))))
  (local.set $share (f64x2.splat (f64.div (f64.const 1) (f64.convert_i32_u (local.get $cells)))))
  (loop $channels
    ${each(PAIRS, (p) => `(local.set $m${p} (v128.const i32x4 0 0 0 0)) (local.set $s${p} (v128.const i32x4 0 0 0 0))`)}
    ${pass((p, pair) => `(local.set $m${p} (f64x2.add (local.get $m${p}) ${pair}))`)}
    ${each(PAIRS, (p) => `(local.set $m${p} (f64x2.mul (local.get $m${p}) (local.get $share)))`)}
    ${pass(
      (p, pair) => `(local.set $d${p} (f64x2.sub ${pair} (local.get $m${p})))
      (local.set $s${p} (f64x2.add (local.get $s${p}) (f64x2.mul (local.get $d${p}) (local.get $d${p}))))`,
    )}
    ${each(
      PAIRS,
      (p) => `(v128.store offset=${16 * p} (local.get $means) (local.get $m${p}))
    (v128.store offset=${16 * p} (local.get $squares) (local.get $s${p}))`,
    )}
    (local.set $means (i32.add (local.get $means) (i32.const ${8 * MOMENT_CHANNELS})))
    (local.set $squares (i32.add (local.get $squares) (i32.const ${8 * MOMENT_CHANNELS})))
    (local.set $end (i32.add (local.get $end) (i32.const ${4 * MOMENT_CHANNELS})))
    (br_if $channels (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const ${4 * MOMENT_CHANNELS}))) (local.get $stop)))))`;

/** The whole module in WebAssembly text; it imports its memory as `env.memory`. */
export function moduleText(): string {
  return `(module (import "env" "memory" (memory 0))${[root, panel, moments].join('\n')}\n)`;
}
