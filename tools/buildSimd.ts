/** Assembles the trainer's SIMD kernels: `npx tsx tools/buildSimd.ts` after a change in src/core/training/simd/source.ts. */
import { writeFileSync } from 'node:fs';
import { assembleSimd } from './assembleSimd.ts';

const { base64 } = await assembleSimd();
const lines = base64.match(/.{1,100}/g) ?? [];
writeFileSync(
  new URL('../src/core/training/simd/bytes.ts', import.meta.url),
  `/** Made by tools/buildSimd.ts from source.ts: the WebAssembly module, base64. */\nexport const SIMD_MODULE =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
);
console.log(`${Math.round((base64.length * 3) / 4)} bytes`);
