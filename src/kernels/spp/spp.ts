import * as tf from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { binSpan, checkLevels, type Pooling, type Rule } from '../../core/pyramid/geometry.ts';
import { POOLINGS } from '../../core/pyramid/poolings.ts';
import { namesOf, RULES, ruleOf } from '../../core/pyramid/rules/rules.ts';
import { ARGMAX_KERNEL, POOL_KERNEL, WINDOW_ROW, windowAt, type SppAttributes } from './attributes.ts';
import { attrMapOf } from './tfjsBorder.ts';
import { registerSpp } from './register.ts';
import { windowRows, type Windows } from './windows.ts';

export interface SppOptions {
  /** Bins per side of each level, in pyramid order. */
  levels: readonly number[];
  rule: Rule;
  pooling: Pooling;
  /** Rows of [top, left, bottom, right] in cells, half-open; the whole map when absent. */
  windows?: Windows;
}

function checkKind(what: string, kind: string, list: readonly { kind: string }[]): void {
  if (list.some((one) => one.kind === kind)) return;
  throw new AnysizeError('BadArgument', `${what} is ${namesOf(list)}; got ${String(kind)}`);
}

/** Everything is checked here, so that all backends refuse the same things with the same words. */
function checkedAttributes(map: tf.Tensor3D, options: SppOptions): SppAttributes {
  const { levels, rule, pooling } = options;
  checkLevels(levels);
  checkKind('rule', rule, RULES);
  checkKind('pooling', pooling, POOLINGS);
  if (map.rank !== 3 || map.size === 0) {
    throw new AnysizeError(
      'BadArgument',
      `a feature map is [height, width, channels], each at least 1; got [${map.shape.join(', ')}]`,
    );
  }
  const windows = windowRows(options.windows, map.shape[0], map.shape[1]);
  if (ruleOf(rule).bins) {
    for (let window = 0; window < windows.length / WINDOW_ROW; window++) {
      const { top, left, bottom, right } = windowAt(windows, window);
      for (const n of levels) for (const side of [bottom - top, right - left]) binSpan(side, n, 0, rule);
    }
  }
  return { levels: [...levels], rule, pooling, windows };
}

function runKernel(name: string, map: tf.Tensor3D, attributes: SppAttributes): tf.Tensor2D {
  registerSpp();
  const values = map.dtype === 'float32' ? map : tf.cast(map, 'float32');
  return tf.engine().runKernel<tf.Tensor2D>(name, { map: values }, attrMapOf(attributes));
}

/**
 * Spatial pyramid pooling (He et al. 2014, arXiv 1406.4729): every window of a feature map of any size becomes one vector
 * of fixed length. Differentiable with respect to the map; a maximum's gradient goes to the first cell that holds it.
 * @param map [height, width, channels]
 * @returns float32 [windows, bins·channels], bin-major, levels in pyramid order
 * @throws PyramidError for levels that are no pyramid, RuleError where the rule does not give n bins,
 *   AnysizeError `BadArgument` for a bad map, rule, pooling or window
 */
export function spp(map: tf.Tensor3D, options: SppOptions): tf.Tensor2D {
  const attributes = checkedAttributes(map, options);
  return tf.tidy(() => runKernel(POOL_KERNEL, map, attributes));
}

/**
 * As {@link spp} with `max` pooling, and where each maximum was found: `argmax` holds flat cell indices y·width + x in the
 * whole map, int32 [windows, bins·channels]; on ties the first in row-major order. Not differentiable in `argmax`.
 * @throws as {@link spp}; AnysizeError `BadArgument` for `mean` pooling, which has no argmax
 */
export function sppWithArgmax(map: tf.Tensor3D, options: SppOptions): { values: tf.Tensor2D; argmax: tf.Tensor2D } {
  const attributes = checkedAttributes(map, options);
  if (attributes.pooling !== 'max') throw new AnysizeError('BadArgument', 'only max pooling has an argmax');
  return tf.tidy(() => ({
    values: runKernel(POOL_KERNEL, map, attributes),
    argmax: runKernel(ARGMAX_KERNEL, map, attributes),
  }));
}
