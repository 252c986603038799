import { anysizeFacts } from '../core/head/headFeatures.ts';
import type { HeadData, Normalisation, PyramidOptions } from '../core/model.ts';
import { createRandom } from '../core/random.ts';
import { type PyramidWeights, recipeLength } from '../core/recipe/recipe.ts';
import { binCount } from '../core/pyramid/geometry.ts';
import type { BackboneGraph } from './backboneGraph.ts';

/** For tests: a head of random numbers, of about the size that training gives, with awkward class names. */
export function sampleHead(pyramid: PyramidOptions, normalisation: Normalisation, channels = 1280, seed = 7): HeadData {
  const random = createRandom(seed);
  const classes = ['flying birds', 'Großer "Quadcopter"', '小さい <b>drone</b>'];
  const length = binCount(pyramid.levels) * channels;
  // A raw vector's norm is some hundred, a normalised one's about 1: logits of a few units either way.
  const raw = normalisation.l2 === 'none' && !normalisation.centre;
  const spread = raw ? 0.01 : 1;
  const values = (count: number, size: number) => Float32Array.from({ length: count }, () => size * random.normal());
  const mean = Float32Array.from({ length }, () => random.uniform(0, 2 / Math.sqrt(length)));
  return {
    id: 'sample',
    name: 'Drones | *and* birds',
    classes,
    pyramid,
    policy: { kind: 'area', side: 300 },
    channels,
    normalisation,
    mean: normalisation.centre ? mean : null,
    scale: normalisation.centre ? (normalisation.l2 === 'none' ? 40 : 0.7) : 1,
    weights: values(classes.length * length, spread),
    bias: values(classes.length, 0.3),
  };
}

/** For tests: a head on the recipe, of random numbers as above. */
export function sampleAnysizeHead(weights: PyramidWeights, sides: number[], seed = 7): HeadData {
  const random = createRandom(seed);
  const { id, name, classes, policy } = sampleHead({ levels: [1], rule: 'adaptive', pooling: 'mean' }, NONE, 1);
  const length = recipeLength(weights);
  const values = (count: number, size: number) => Float32Array.from({ length: count }, () => size * random.normal());
  return {
    id,
    name,
    classes,
    policy,
    ...anysizeFacts(weights, sides),
    mean: values(length, 0.3 / Math.sqrt(length)),
    scale: 0.7,
    weights: values(classes.length * length, 1),
    bias: values(classes.length, 0.3),
  };
}

const NONE: Normalisation = { sqrt: false, l2: 'none', centre: false };

/** For tests that run no model: a backbone of one step. */
export function madeUpBackbone(channels: number): BackboneGraph {
  return {
    input: 'images',
    output: 'only',
    channels,
    origin: 'made up',
    steps: [
      {
        kind: 'conv',
        name: 'only',
        input: 'images',
        stride: 2,
        group: 1,
        shape: [channels, 3, 1, 1],
        weights: new Float32Array(3 * channels),
        bias: new Float32Array(channels),
        relu6: true,
      },
    ],
  };
}
