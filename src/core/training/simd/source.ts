/**
 * The trainer's inner loops as WebAssembly text with 128-bit SIMD: the source of `bytes.ts` (see `tools/buildSimd.ts`).
 * All pointers and lengths are in bytes; lengths are multiples of 32; sums run in four lanes of float32.
 */
import { each, range } from '../../simd/watText.ts';

/** Rows of the left operand that one `dots` call takes. */
export const DOT_ROWS = 4;
/** Most columns (rows of the right operand, or classes) that one call takes. */
export const MAX_COLUMNS = 4;
/** Vectors of 4 floats that `sums` advances at a time. */
const SUM_VECTORS = 2;

/** `dots{C}`: out[r·C + c] = Σ_i a_r[i]·b_c[i] for 4 rows a and C rows b of `n` bytes. */
function dots(columns: number): string {
  const step = (offset: number) => `
${each(columns, (c) => `(local.set $y${c} (v128.load offset=${offset} (i32.add (local.get $b${c}) (local.get $i))))`)}
${each(
  DOT_ROWS,
  (r) => `(local.set $x (v128.load offset=${offset} (i32.add (local.get $a${r}) (local.get $i))))
${each(columns, (c) => `(local.set $s${r}${c} (f32x4.add (local.get $s${r}${c}) (f32x4.mul (local.get $x) (local.get $y${c}))))`)}`,
)}`;
  const lane = (r: number, c: number, l: number) => `(f32x4.extract_lane ${l} (local.get $s${r}${c}))`;
  return `
(func (export "dots${columns}")
  ${each(DOT_ROWS, (r) => `(param $a${r} i32)`)} ${each(columns, (c) => `(param $b${c} i32)`)} (param $n i32) (param $out i32)
  (local $i i32) (local $x v128)
  ${each(columns, (c) => `(local $y${c} v128)`)}
  ${each(DOT_ROWS, (r) => each(columns, (c) => `(local $s${r}${c} v128)`))}
  (loop $next
    ${step(0)}
    ${step(16)}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (local.get $n))))
  ${each(DOT_ROWS, (r) =>
    each(
      columns,
      (c) => `(f32.store offset=${4 * (r * columns + c)} (local.get $out)
        (f32.add (f32.add ${lane(r, c, 0)} ${lane(r, c, 1)}) (f32.add ${lane(r, c, 2)} ${lane(r, c, 3)})))`,
    ),
  )})`;
}

/** `sums{C}`: out[c][i] = Σ_r g[r·C + c]·row_r[i] for `count` rows, whose addresses stand at `rows`. */
function sums(columns: number): string {
  return `
(func (export "sums${columns}")
  (param $rows i32) (param $count i32) (param $g i32) (param $n i32) (param $out i32) (param $stride i32)
  (local $i i32) (local $r i32) (local $end i32) (local $at i32) (local $w i32) (local $k v128)
  ${each(SUM_VECTORS, (v) => `(local $x${v} v128)`)}
  ${each(columns, (c) => each(SUM_VECTORS, (v) => `(local $s${c}${v} v128)`))}
  (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
  (loop $next
    ${each(columns, (c) => each(SUM_VECTORS, (v) => `(local.set $s${c}${v} (v128.const i32x4 0 0 0 0))`))}
    (local.set $r (local.get $rows))
    (local.set $w (local.get $g))
    (loop $row
      (local.set $at (i32.add (i32.load (local.get $r)) (local.get $i)))
      ${each(SUM_VECTORS, (v) => `(local.set $x${v} (v128.load offset=${16 * v} (local.get $at)))`)}
      ${each(
        columns,
        (c) => `(local.set $k (v128.load32_splat offset=${4 * c} (local.get $w)))
      ${each(SUM_VECTORS, (v) => `(local.set $s${c}${v} (f32x4.add (local.get $s${c}${v}) (f32x4.mul (local.get $x${v}) (local.get $k))))`)}`,
      )}
      (local.set $w (i32.add (local.get $w) (i32.const ${4 * columns})))
      (br_if $row (i32.lt_u (local.tee $r (i32.add (local.get $r) (i32.const 4))) (local.get $end))))
    (local.set $at (i32.add (local.get $out) (local.get $i)))
    ${each(
      columns,
      (c) => `${each(SUM_VECTORS, (v) => `(v128.store offset=${16 * v} (local.get $at) (local.get $s${c}${v}))`)}
    (local.set $at (i32.add (local.get $at) (local.get $stride)))`,
    )}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const ${16 * SUM_VECTORS}))) (local.get $n)))))`;
}

const load = (pointer: string) => `(v128.load (i32.add (local.get ${pointer}) (local.get $i)))`;
const store = (pointer: string, value: string) =>
  `(v128.store (i32.add (local.get ${pointer}) (local.get $i)) ${value})`;
const splat = (name: string) => `(local.set $v${name} (f32x4.splat (local.get $${name})))`;
const add = (a: string, b: string) => `(f32x4.add ${a} ${b})`;
const mul = (a: string, b: string) => `(f32x4.mul ${a} ${b})`;
const get = (name: string) => `(local.get $${name})`;

/** Element-wise loop over `n` bytes with the scalars splatted into `$v<name>`. */
function update(name: string, pointers: string[], scalars: string[], locals: string[], body: string): string {
  return `
(func (export "${name}") ${pointers.map((p) => `(param $${p} i32)`).join(' ')} (param $n i32) ${scalars.map((s) => `(param $${s} f32)`).join(' ')}
  (local $i i32) ${scalars.map((s) => `(local $v${s} v128)`).join(' ')} ${locals.map((l) => `(local $${l} v128)`).join(' ')}
  ${scalars.map(splat).join('\n')}
  (loop $next
    ${body}
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n)))))`;
}

/** g' = g + decay·w; m = μ·m + g'; w −= rate·m. */
const momentum = update(
  'momentum',
  ['w', 'm', 'g'],
  ['rate', 'mu', 'decay'],
  ['x', 'y'],
  `(local.set $x ${load('$w')})
    (local.set $y ${add(mul(get('vmu'), load('$m')), add(load('$g'), mul(get('vdecay'), get('x'))))})
    ${store('$m', get('y'))}
    ${store('$w', `(f32x4.sub ${get('x')} ${mul(get('vrate'), get('y'))})`)}`,
);

/** g' = g + decay·w; m += (1−β1)(g' − m); v += (1−β2)(g'² − v); w −= rate·m / (√(v·c2) + ε), rate holding 1/(1−β1ᵗ), c2 = 1/(1−β2ᵗ). */
const adam = update(
  'adam',
  ['w', 'm', 'v', 'g'],
  ['rate', 'a', 'b', 'c2', 'epsilon', 'decay'],
  ['x', 'y', 'z', 'k'],
  `(local.set $x ${load('$w')})
    (local.set $k ${add(load('$g'), mul(get('vdecay'), get('x')))})
    (local.set $y ${load('$m')})
    (local.set $y ${add(get('y'), mul(get('va'), `(f32x4.sub ${get('k')} ${get('y')})`))})
    (local.set $z ${load('$v')})
    (local.set $z ${add(get('z'), mul(get('vb'), `(f32x4.sub ${mul(get('k'), get('k'))} ${get('z')})`))})
    ${store('$m', get('y'))}
    ${store('$v', get('z'))}
    ${store('$w', `(f32x4.sub ${get('x')} (f32x4.div ${mul(get('vrate'), get('y'))} ${add(`(f32x4.sqrt ${mul(get('z'), get('vc2'))})`, get('vepsilon'))}))`)}`,
);

/** The whole module in WebAssembly text; it imports its memory as `env.memory`. */
export function moduleText(): string {
  const columns = range(MAX_COLUMNS).map((i) => i + 1);
  return `(module (import "env" "memory" (memory 0))${[...columns.map(dots), ...columns.map(sums), momentum, adam].join('\n')}\n)`;
}
