import { headFeatures } from '../../core/head/headFeatures.ts';
import type { HeadData } from '../../core/model.ts';
import { checkHead, foldCentring, vectorLength } from '../../core/head/buildHead.ts';

/** The two files of a TF.js LayersModel. */
export interface TfjsModelFiles {
  'model.json': string;
  'weights.bin': Uint8Array<ArrayBuffer>;
}

/**
 * The head as a TF.js LayersModel for `tf.loadLayersModel`: vectors [N, D] → probabilities [N, K], a dense layer (`lin`,
 * logits) and a softmax. Vectors are bin-major ([bin][channel], as pooling a [h,w,channels] map bin by bin gives them) and
 * have √ and L2 behind them already: TF.js has no layer for those. Centring is folded into the dense layer.
 * `userDefinedMetadata` holds classes, levels, rule, pooling, policy, normalisation. Of a head on the recipe the vectors are the whitened ones
 * (core/recipe), and the metadata holds `features` in place of the pyramid.
 * @param version of the app
 * @throws AnysizeError `BadArgument` when the head does not fit its pyramid
 */
export function tfjsModel(head: HeadData, version: string): TfjsModelFiles {
  checkHead(head);
  const { classes, pyramid, channels } = head;
  const features = headFeatures(head);
  const length = vectorLength(head);
  const { weights, bias } = foldCentring(head);
  const data = new Float32Array(weights.length + bias.length);
  // A dense layer keeps [D, K].
  for (let k = 0, from = 0; k < classes.length; k++) {
    for (let d = 0, to = k; d < length; d++, to += classes.length) data[to] = weights[from++]!;
  }
  data.set(bias, weights.length);
  const shared = { trainable: true, dtype: 'float32' };
  const model = {
    format: 'layers-model',
    generatedBy: `Anysize ${version}`,
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'anysize_head',
        layers: [
          {
            class_name: 'Dense',
            config: {
              ...shared,
              name: 'lin',
              units: classes.length,
              activation: 'linear',
              use_bias: true,
              batch_input_shape: [null, length],
            },
          },
          { class_name: 'Activation', config: { ...shared, name: 'probabilities', activation: 'softmax' } },
        ],
      },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'lin/kernel', shape: [length, classes.length], dtype: 'float32' },
          { name: 'lin/bias', shape: [classes.length], dtype: 'float32' },
        ],
      },
    ],
    userDefinedMetadata: {
      name: head.name,
      classes,
      ...(features.kind === 'anysize'
        ? {
            features,
            policy: head.policy,
            vectorOrder: 'mean, middle mean, middle deviation, then level by level: row, column, channel; whitened',
          }
        : {
            levels: pyramid.levels,
            rule: pyramid.rule,
            pooling: pyramid.pooling,
            channels,
            policy: head.policy,
            normalisation: head.normalisation,
            vectorOrder: 'bin, channel',
          }),
    },
  };
  return { 'model.json': `${JSON.stringify(model)}\n`, 'weights.bin': new Uint8Array(data.buffer) };
}
