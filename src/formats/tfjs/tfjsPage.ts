import type { HeadData } from '../../core/model.ts';
import { poolingOf } from '../../core/pyramid/poolings.ts';
import { ruleOf } from '../../core/pyramid/rules/rules.ts';
import { javascriptPlan } from '../planProgram.ts';

/** Said in the page itself: only at equal sizes are its pixels those of the app. */
const RESAMPLER =
  'This page scales photos as the browser does, the app with a filter of its own: probabilities differ a little, and a long strip (5000×3) may get another name.';

/**
 * A page that classifies photos with the exported LayersModel: `features/`, `head/` and TF.js (`tf.min.js`) beside it.
 * Below the probability `unknownBelow` its answer is “unknown”. Only numbers and fixed words go into it; names are read from the head's metadata and shown as text.
 */
export function tfjsPage(head: HeadData, unknownBelow = 0): string {
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
  function pixels(image) {
    const { width: w, height: h } = image;
${indented(javascriptPlan(head.policy), 4)}
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
    const map = features.execute(pixels(image)).squeeze([0]);
${indented(vectorLines(head), 4)}
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

function indented(lines: readonly string[], spaces: number): string {
  return lines.map((line) => ' '.repeat(spaces) + line).join('\n');
}
