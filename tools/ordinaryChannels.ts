/**
 * Makes public/models/ordinary-channels.bin of the statistics of ordinary photos: per table (max pooling at 1×1, 2×2, 3×3, 4×4, 6×6, then a
 * single cell) 1,280 means and 1,280 standard deviations, a byte each, in steps of 6/255.
 *
 *     npx tsx tools/ordinaryChannels.ts ../shared/golden/channels.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const source = process.argv[2];
if (!source) throw new Error('name the JSON file with the statistics');
const read = JSON.parse(readFileSync(source, 'utf8')) as Record<string, { mean: number[]; std: number[] }>;
const bytes = ['max1', 'max2', 'max3', 'max4', 'max6', 'cell'].flatMap((table) => {
  const found = read[table];
  if (found?.mean.length !== 1280 || found.std.length !== 1280) throw new Error(`${table} is not there`);
  return [...found.mean, ...found.std].map((value) => Math.min(255, Math.max(0, Math.round((value / 6) * 255))));
});
writeFileSync('public/models/ordinary-channels.bin', Uint8Array.from(bytes));
