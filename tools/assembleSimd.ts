import wabt from 'wabt';
import { byteModuleText } from '../src/core/find/learn/byteKernels.ts';
import { moduleText as recipeModuleText } from '../src/core/recipe/simd/source.ts';
import { moduleText } from '../src/core/training/simd/source.ts';
import { moduleText as poolModuleText } from '../src/kernels/spp/simd/source.ts';

/** Our WebAssembly modules: their text, and the file (from src/) that holds them assembled, under the name it exports. */
export const SIMD_MODULES = {
  training: { text: moduleText, file: 'core/training/simd/bytes.ts', name: 'SIMD_MODULE', source: 'source.ts' },
  find: {
    text: byteModuleText,
    file: 'core/find/learn/byteModule.ts',
    name: 'BYTE_MODULE',
    source: 'byteKernels.ts',
  },
  recipe: {
    text: recipeModuleText,
    file: 'core/recipe/simd/bytes.ts',
    name: 'RECIPE_MODULE',
    source: 'source.ts',
  },
  pool: { text: poolModuleText, file: 'kernels/spp/simd/bytes.ts', name: 'POOL_MODULE', source: 'source.ts' },
};

/** A module's SIMD kernels assembled from their text, base64. */
export async function assembleSimd(module: keyof typeof SIMD_MODULES = 'training'): Promise<{ base64: string }> {
  const parsed = (await wabt()).parseWat('kernels.wat', SIMD_MODULES[module].text(), { simd: true, bulk_memory: true });
  try {
    parsed.resolveNames();
    parsed.validate();
    return { base64: Buffer.from(parsed.toBinary({}).buffer).toString('base64') };
  } finally {
    parsed.destroy();
  }
}
