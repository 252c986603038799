import { readSafetensors } from '../../core/safetensors.ts';

/**
 * The whitening as `tf.io.loadWeights` takes it: the numbers of the app's file as they are, and where each part of them is.
 * @param file the safetensors file that comes with the app
 * @throws AnysizeError `BadModel` where it is damaged
 */
export function tfjsWhitening(file: Uint8Array<ArrayBuffer>): {
  'weights_manifest.json': string;
  'weights.bin': Uint8Array<ArrayBuffer>;
} {
  const { tensors } = readSafetensors(file, 'whitening.safetensors');
  const parts = [...tensors].toSorted(([, a], [, b]) => a.start - b.start);
  const weights = parts.map(([name, { dtype, shape }]) => ({
    name,
    shape,
    dtype: 'float32',
    ...(dtype === 'F16' && { quantization: { dtype: 'float16', original_dtype: 'float32' } }),
  }));
  return {
    'weights_manifest.json': `${JSON.stringify([{ paths: ['weights.bin'], weights }])}\n`,
    'weights.bin': file.slice(parts[0]?.[1].start ?? file.length),
  };
}
