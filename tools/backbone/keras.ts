import { type ConvPlan, type ConvWeights, weightShape } from './architecture.ts';

/** Keras' MobileNetV2 batch norms. */
const EPSILON = 1e-3;

interface Manifest {
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
}

/** Keras' name of the batch norm after a convolution; the first and last have names of their own. */
function batchNormOf(conv: ConvPlan): string {
  if (conv.name === 'Conv1') return 'bn_Conv1';
  if (conv.name === 'Conv_1') return 'Conv_1_bn';
  return `${conv.name}_BN`;
}

/**
 * Convolution weights of a TF.js Keras-layers model (model.json and float32 shards), each with its batch norm folded in:
 * w' = w·γ/√(σ²+ε), b' = β − μ·γ/√(σ²+ε).
 * @param read reads a file of the model by its path beside model.json.
 * @throws when a weight is missing or has another shape than `plan` says.
 */
export function readKerasConvs(read: (path: string) => Buffer, plan: ConvPlan[]): ConvWeights[] {
  const weights = readWeights(read);
  const get = (name: string, shape: number[]): Float32Array => {
    const entry = weights.get(name);
    if (!entry) throw new Error(`The Keras model holds no ${name}.`);
    if (entry.shape.join() !== shape.join()) {
      throw new Error(`${name} is [${entry.shape.join()}], expected [${shape.join()}].`);
    }
    return entry.values;
  };

  return plan.map((conv) => {
    const shape = weightShape(conv);
    const kernel = get(`${conv.name}/${conv.kind === 'conv' ? 'kernel' : 'depthwise_kernel'}`, shape);
    const channels = [conv.output];
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) =>
      get(`${batchNormOf(conv)}/${part}`, channels),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const factor = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + EPSILON));
    return {
      weights: kernel.map((w, i) => w * factor[i % conv.output]!),
      bias: beta.map((b, c) => b - mean[c]! * factor[c]!),
    };
  });
}

function readWeights(read: (path: string) => Buffer): Map<string, { shape: number[]; values: Float32Array }> {
  const manifest = JSON.parse(read('model.json').toString('utf8')) as Manifest;
  const weights = new Map<string, { shape: number[]; values: Float32Array }>();
  for (const group of manifest.weightsManifest) {
    const bytes = Buffer.concat(group.paths.map(read));
    let offset = 0;
    for (const { name, shape, dtype } of group.weights) {
      if (dtype !== 'float32') throw new Error(`${name} is ${dtype}; only float32 weights are expected.`);
      const size = shape.reduce((product, side) => product * side, 1);
      const start = offset;
      weights.set(name, {
        shape,
        values: Float32Array.from({ length: size }, (_, i) => bytes.readFloatLE(start + 4 * i)),
      });
      offset += 4 * size;
    }
  }
  return weights;
}
