import { headBlocks, headFeatures } from '../../core/head/headFeatures.ts';
import { headSizes } from '../../core/head/headSizes.ts';
import type { HeadData } from '../../core/model.ts';
import { MIDDLE_LAYER } from '../../core/recipe/recipe.ts';
import { LEAST_NORM } from '../../core/recipe/whitening.ts';
import { poolingOf } from '../../core/pyramid/poolings.ts';
import { ruleOf } from '../../core/pyramid/rules/rules.ts';
import { javascriptPlan, javascriptPlanOf, policyLiteral } from '../planProgram.ts';

/** Said in the page itself: only at equal sizes are its pixels those of the app. */
const RESAMPLER =
  'This page scales photos as the browser does, the app with a filter of its own: probabilities differ a little, and a long strip (5000×3) may get another name.';

/**
 * A page that classifies photos with the exported LayersModel: `features/`, `head/` and TF.js (`tf.min.js`) beside it, of a head on the recipe
 * `whitening/` too.
 * Below the probability `unknownBelow` its answer is “unknown”. Only numbers and fixed words go into it; names are read from the head's metadata and shown as text.
 */
export function tfjsPage(head: HeadData, unknownBelow = 0): string {
  const recipe = headFeatures(head).kind === 'anysize';
  return `<!doctype html>
<meta charset="utf-8" />
<title>Classify photos of any size</title>
<script src="tf.min.js"></script>
<p>Serve this folder, for example with: python3 -m http.server, and open http://localhost:8000. From the disk no page may read files beside it.</p>
<input type="file" accept="image/*" aria-label="Photo" /> <output></output>
<small>${RESAMPLER}</small>
<script type="module">
  onunhandledrejection = ({ reason }) => (document.querySelector('output').textContent = reason.message);
  const features = await tf.loadGraphModel('features/model.json'); // MobileNetV2: [1,h,w,3] in 0…1 to [1,h/32,w/32,1280]
  const head = await tf.loadLayersModel('head/model.json');
  const { classes } = (await (await fetch('head/model.json')).json()).userDefinedMetadata;
${recipe ? `${indented(WHITENING, 2)}\n` : ''}  function pixels(image${recipe ? ', policy' : ''}) {
    const { width: w, height: h } = image;
${indented(recipe ? javascriptPlanOf(headSizes(head)[0]?.policy ?? head.policy) : javascriptPlan(head.policy), 4)}
    const context = new OffscreenCanvas(...size).getContext('2d', { alpha: false });
    Object.assign(context, { imageSmoothingQuality: 'high', fillStyle: 'white' }).fillRect(0, 0, ...size);
    context.drawImage(image, ...source, 0, 0, ...size);
    return tf.browser.fromPixels(context.getImageData(0, 0, ...size)).toFloat().div(255).expandDims(0);
  }
${indented(ruleOf(head.pyramid.rule).exported.javascript, 2)}
  function level(map, n) { // one level of the pyramid: n × n bins, [bin][channel]
    const [rows, columns] = [spans(map.shape[0], n), spans(map.shape[1], n)];
    const bin = ([y, yEnd], [x, xEnd]) => map.slice([y, x, 0], [yEnd - y, xEnd - x, -1]).${poolingOf(head.pyramid.pooling).javascript}([0, 1]);
    return tf.concat(rows.flatMap((row) => columns.map((column) => bin(row, column))));
  }
  const classify = (image) => tf.tidy(() => {
${indented(recipe ? recipeLines(head) : ['const map = features.execute(pixels(image)).squeeze([0]);', ...vectorLines(head)], 4)}
    return head.predict(vector.expandDims(0)).dataSync();
  });
  document.querySelector('p').remove(); // the models are here
  document.querySelector('input').onchange = async ({ target }) => {
    const probabilities = [...classify(await createImageBitmap(target.files[0]))];
    const best = probabilities.indexOf(Math.max(...probabilities));
    const label = probabilities[best] < ${unknownBelow} ? 'unknown' : classes[best];
    document.querySelector('output').textContent = \`\${label}: \${probabilities[best].toFixed(4)}\`;
  };
</script>
`;
}

/** \`vector\`: the levels pooled, √ and L2; centring is in the head. */
function vectorLines({ pyramid: { levels }, normalisation: { sqrt, l2 } }: HeadData): string[] {
  const lines = [`let parts = [${levels.join(', ')}].map((n) => level(map, n));`];
  const unit = (value: string) => `${value}.div(tf.maximum(${value}.norm(), 1e-6))`;
  if (sqrt) lines.push('parts = parts.map((part) => part.sqrt());');
  if (l2 === 'level') lines.push(`parts = parts.map((part) => ${unit('part')});`);
  lines.push(`${l2 === 'vector' ? 'let' : 'const'} vector = tf.concat(parts);`);
  if (l2 === 'vector') lines.push(`vector = ${unit('vector')};`);
  return lines;
}

/** What whitens, with the files of `tfjsWhitening`. */
const WHITENING = [
  "const numbers = await tf.io.loadWeights(await (await fetch('whitening/weights_manifest.json')).json(), 'whitening/');",
  'function whiten(x, part) { // [rows, channels]: y + U(g ∘ Uᵀy), y = √x − c',
  '  const [c, g, U] = ["centre", "gains", "directions"].map((name) => numbers[`${part}.${name}`]);',
  '  const y = x.relu().sqrt().sub(c);',
  '  return y.add(y.matMul(U).mul(g).matMul(U, false, true)).flatten();',
  '}',
];

/** `vector` of a head on the recipe, whitened; centring is in the head. */
function recipeLines(head: HeadData): string[] {
  const sizes = headSizes(head).map(
    ({ policy, means, bins }) => `[${policyLiteral(policy)}, ${String(means)}, ${String(bins)}]`,
  );
  const grids = headBlocks(head).filter(({ bins }) => bins > 1);
  return [
    'const [means, moments] = [[], []];',
    'let parts = [];',
    `for (const [policy, hasMeans, hasBins] of [${sizes.join(', ')}]) {`,
    `  const [map, middle] = features.execute(pixels(image, policy), ['features', '${MIDDLE_LAYER}']).map((each) => each.squeeze([0]));`,
    '  if (hasMeans) {',
    '    means.push(map.mean([0, 1]));',
    '    const { mean, variance } = tf.moments(middle, [0, 1]);',
    '    moments.push(tf.concat([mean, variance.sqrt()]));',
    '  }',
    `  if (hasBins) parts = [${grids.map(({ bins }) => Math.sqrt(bins)).join(', ')}].map((n) => whiten(level(map, n).reshape([n * n, -1]), 'map'));`,
    '}',
    'const average = (list) => tf.stack(list).mean(0, true);',
    "parts.unshift(whiten(average(means), 'map'), whiten(average(moments), 'middle'));",
    `const weights = [${headBlocks(head)
      .map(({ weight }) => weight)
      .join(', ')}]; // of the last map's mean, the middle layer, and each grid`,
    `const vector = tf.concat(parts.map((part, i) => part.mul(Math.sqrt(weights[i])).div(tf.maximum(part.norm(), ${LEAST_NORM}))));`,
  ];
}

function indented(lines: readonly string[], spaces: number): string {
  return lines.map((line) => ' '.repeat(spaces) + line).join('\n');
}
