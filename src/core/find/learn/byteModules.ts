import { compileOnce } from '../../simd/compileOnce.ts';
import { BYTE_MODULE } from './byteModule.ts';
import type { ByteKernels } from './byteKernelTypes.ts';
import { plainKernels } from './plainByteKernels.ts';

/** What a byte of 255 stands for: ReLU6's largest value. */
export const LARGEST = 6;

/** Values in 0…6 as bytes. */
export function toBytes(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: values.length }, (_, d) =>
    Math.min(255, (values[d] as number) * (255 / LARGEST) + 0.5),
  );
}

/**
 * The kernels on a memory of their own, in WebAssembly SIMD where there is any.
 * @param simd false forces plain JavaScript
 */
export async function byteKernels(simd = true): Promise<{ memory: WebAssembly.Memory; kernels: ByteKernels }> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = simd ? await compile() : null;
  if (!module) return { memory, kernels: plainKernels(memory) };
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return { memory, kernels: exports as unknown as ByteKernels };
}

/** The kernels, compiled once. */
const compile = compileOnce(BYTE_MODULE);
