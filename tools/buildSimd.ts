/** Assembles our SIMD kernels: `npx tsx tools/buildSimd.ts` after a change in one of their sources (see assembleSimd.ts). */
import { writeFileSync } from 'node:fs';
import { assembleSimd, SIMD_MODULES } from './assembleSimd.ts';

for (const key of Object.keys(SIMD_MODULES) as (keyof typeof SIMD_MODULES)[]) {
  const { base64 } = await assembleSimd(key);
  const { file, name, source } = SIMD_MODULES[key];
  const lines = base64.match(/.{1,100}/g) ?? [];
  writeFileSync(
    new URL(`../src/${file}`, import.meta.url),
    `/** Made by tools/buildSimd.ts from ${source}: the WebAssembly module, base64. */\nexport const ${name} =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  );
  console.log(`${file}: ${Math.round((base64.length * 3) / 4)} bytes`);
}
