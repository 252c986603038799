/**
 * Pooling as WebAssembly text with 128-bit SIMD: the source of `bytes.ts` (see `tools/buildSimd.ts`). Pointers and lengths are in bytes;
 * a cell is `n` bytes, a multiple of 16.
 */

/** $a where it is larger than $b, or NaN; else $b: what the reference does, and −0 is not larger than 0. */
const larger = `(v128.bitselect (local.get $a) (local.get $b)
        (v128.or (f32x4.gt (local.get $a) (local.get $b)) (f32x4.ne (local.get $a) (local.get $a))))`;

/** Values 2·p and 2·p + 1 of the eight that are loaded, as float64. */
const pair = (p: number) => {
  const vector = `(local.get $v${p >> 1})`;
  const moved = p % 2 ? `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${vector} ${vector})` : vector;
  return `(f64x2.promote_low_f32x4 ${moved})`;
};
const each = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const four = (q: number) => {
  const [low, high] = [2 * q, 2 * q + 1].map(
    (p) => `(f32x4.demote_f64x2_zero (f64x2.div (local.get $s${p}) (local.get $cells)))`,
  );
  return `(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${low} ${high})`;
};

/** Eight channels at a time, summed row by row in float64: the same numbers as in plain JavaScript. */
const mean = `
(func (export "mean") (param $out i32) (param $from i32) (param $n i32) (param $width i32) (param $height i32) (param $stride i32)
  (local $row i32) (local $cell i32) (local $end i32) (local $bottom i32) (local $stop i32) (local $across i32) (local $cells v128)
  (local $v0 v128) (local $v1 v128) ${each(4, (p) => `(local $s${p} v128)`)}
  (local.set $cells (f64x2.splat (f64.convert_i32_u (i32.mul (local.get $width) (local.get $height)))))
  (local.set $across (i32.mul (local.get $width) (local.get $n)))
  (local.set $stop (i32.add (local.get $from) (local.get $n)))
  (loop $channels
    ${each(4, (p) => `(local.set $s${p} (v128.const i32x4 0 0 0 0))`)}
    (local.set $row (local.get $from))
    (local.set $bottom (i32.add (local.get $from) (i32.mul (local.get $height) (local.get $stride))))
    (loop $down
      (local.set $cell (local.get $row))
      (local.set $end (i32.add (local.get $row) (local.get $across)))
      (loop $next
        (local.set $v0 (v128.load (local.get $cell)))
        (local.set $v1 (v128.load offset=16 (local.get $cell)))
        ${each(4, (p) => `(local.set $s${p} (f64x2.add (local.get $s${p}) ${pair(p)}))`)}
        (br_if $next (i32.lt_u (local.tee $cell (i32.add (local.get $cell) (local.get $n))) (local.get $end))))
      (br_if $down (i32.lt_u (local.tee $row (i32.add (local.get $row) (local.get $stride))) (local.get $bottom))))
    (v128.store (local.get $out) ${four(0)})
    (v128.store offset=16 (local.get $out) ${four(1)})
    (local.set $out (i32.add (local.get $out) (i32.const 32)))
    (br_if $channels (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 32))) (local.get $stop)))))`;

/**
 * `raise`: out[i] becomes from[i] where that is larger, over `n` bytes. `bin`: out = the maximum of a rectangle of cells, from its first on.
 * `mean`: its mean; `n` is a multiple of 32 there.
 */
export function moduleText(): string {
  return `(module (import "env" "memory" (memory 0))
(func $raise (export "raise") (param $out i32) (param $from i32) (param $n i32)
  (local $i i32) (local $a v128) (local $b v128)
  (loop $next
    (local.set $a (v128.load (i32.add (local.get $from) (local.get $i))))
    (local.set $b (v128.load (i32.add (local.get $out) (local.get $i))))
    (v128.store (i32.add (local.get $out) (local.get $i)) ${larger})
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n)))))
(func (export "bin") (param $out i32) (param $from i32) (param $n i32) (param $width i32) (param $height i32) (param $stride i32)
  (local $row i32) (local $cell i32) (local $end i32)
  (memory.copy (local.get $out) (local.get $from) (local.get $n))
  (local.set $row (local.get $from))
  (loop $down
    (local.set $cell (local.get $row))
    (local.set $end (i32.add (local.get $row) (i32.mul (local.get $width) (local.get $n))))
    (loop $across
      (call $raise (local.get $out) (local.get $cell) (local.get $n))
      (br_if $across (i32.lt_u (local.tee $cell (i32.add (local.get $cell) (local.get $n))) (local.get $end))))
    (local.set $row (i32.add (local.get $row) (local.get $stride)))
    (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))${mean})`;
}
