import wabt from 'wabt';
import { moduleText } from '../src/core/training/simd/source.ts';

/** The trainer's SIMD kernels assembled from their text, base64. */
export async function assembleSimd(): Promise<{ base64: string }> {
  const parsed = (await wabt()).parseWat('kernels.wat', moduleText(), { simd: true });
  try {
    parsed.resolveNames();
    parsed.validate();
    return { base64: Buffer.from(parsed.toBinary({}).buffer).toString('base64') };
  } finally {
    parsed.destroy();
  }
}
