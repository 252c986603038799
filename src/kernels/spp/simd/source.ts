/**
 * Maximum pooling as WebAssembly text with 128-bit SIMD: the source of `bytes.ts` (see `tools/buildSimd.ts`). Pointers and lengths are in bytes;
 * a cell is `n` bytes, a multiple of 16.
 */

/** $a where it is larger than $b, or NaN; else $b: what the reference does, and −0 is not larger than 0. */
const larger = `(v128.bitselect (local.get $a) (local.get $b)
        (v128.or (f32x4.gt (local.get $a) (local.get $b)) (f32x4.ne (local.get $a) (local.get $a))))`;

/** `raise`: out[i] becomes from[i] where that is larger, over `n` bytes. `bin`: out = the maximum of a rectangle of cells, from its first on. */
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
    (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))))`;
}
