import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_TRAINING, DEFAULT_VECTORS } from '../core/training/defaults.ts';
import type { SamplePrediction } from '../core/training/model.ts';
import { evaluate } from '../core/metrics/metrics.ts';
import { PYRAMID_CANDIDATES, type PyramidWeights } from '../core/recipe/recipe.ts';
import { sampleAnysizeHead, sampleHead } from './exportFixtures.ts';
import { type CardFacts, dataHash, escapeMarkdown, modelCard } from './modelCard.ts';

const head = sampleHead(
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'vector', centre: true },
  2,
);

function epochs(count: number): CardFacts['run']['epochs'] {
  return Array.from({ length: count }, (_, epoch) => ({
    epoch,
    trainLoss: 1,
    trainAccuracy: 1,
    validationLoss: 1,
    validationAccuracy: 1,
  }));
}

function facts(
  classes: string[],
  answers: [side: SamplePrediction['side'], truth: number, predicted: number][],
): CardFacts {
  const predictions = answers.map(([side, truth, predicted], i) => ({
    id: `p${i}`,
    side,
    truth,
    predicted,
    probabilities: classes.map((_, k) => (k === predicted ? 1 : 0)),
  }));
  const held = predictions.filter(({ side }) => side === 'val');
  const rows = Float32Array.from(held.flatMap(({ probabilities }) => probabilities));
  const labels = held.map(({ truth }) => truth);
  return {
    head: { ...head, classes },
    unknownBelow: 0,
    dataHash: 'ab'.repeat(32),
    version: '1.2.3',
    backbone: 'MobileNetV2 1.0',
    run: {
      id: 'run-1',
      name: 'Drones | *and* birds',
      created: '2026-05-04T10:00:00.000Z',
      classes,
      split: { share: 0.25, seed: 9 },
      vectors: DEFAULT_VECTORS,
      training: { ...DEFAULT_TRAINING, learningRate: 0.00912345, weightDecay: 3e-4 },
      backend: 'WebGPU · NVIDIA',
      seconds: { vectors: 1, training: 1 },
      batches: [],
      epochs: epochs(30),
      decayCurve: [],
      predictions,
      metrics: held.length > 0 ? evaluate(rows, labels, classes.length) : null,
      testMetrics: null,
      failed: [{ id: 'x', message: 'broken' }],
      notices: ['2 photos look alike <b>'],
      stopped: false,
    },
  };
}

test('it tells classes, counts, settings, metrics with their interval, confusion matrix, data hash and versions', () => {
  const card = modelCard(
    facts(
      ['bird', 'drone'],
      [
        ['train', 0, 0],
        ['train', 0, 0],
        ['train', 1, 1],
        ['val', 0, 0],
        ['val', 0, 1],
        ['val', 1, 1],
        ['val', 1, 1],
        ['test', 1, 0],
      ],
    ),
  );
  expect(card).toContain('# Model card: Drones \\| \\*and\\* birds\n');
  expect(card).toContain('| bird | 2 | 2 | 0 |\n| drone | 1 | 2 | 1 |');
  // Wilson's interval for 3 of 4.
  expect(card).toContain('Accuracy **75.0%** (95% interval 30.1% to 95.4%, Wilson)');
  expect(card).toContain('| bird | 100.0% | 50.0% | 66.7% | 2 |');
  expect(card).toContain('|  | bird | drone |\n| --- | --- | --- |\n| bird | 1 | 1 |\n| drone | 0 | 2 |');
  expect(card).toContain('levels 4, 2, 1 (21 bins of 2 channels), rule adaptive, max pooling');
  expect(card).toContain('adam, 30 epochs, batches of 32, learning rate 0.00912');
  expect(card).toContain('about 300 × 300 pixels’ worth');
  expect(card).toContain(`\`${'ab'.repeat(32)}\``);
  expect(card).toContain('| Photos left out because they could not be read | 1 |');
  expect(card).toContain('| Anysize | 1.2.3 |');
  expect(card).toContain('look alike &lt;b&gt;');
  expect(card).toContain('smallest class has 1 training photo.');
});

test('it tells which pyramid the photos chose, with the errors of all three, and what a person made of it', () => {
  const plain = facts(['a', 'b'], [['val', 0, 0]]);
  const candidates = PYRAMID_CANDIDATES.map((weights, i) => {
    const best = { lambda: 0.01, error: 0.3 - 0.02 * i, accuracy: 0.8 + 0.01 * i };
    return { weights, best, curve: [best] };
  });
  const pyramidChoice = { chosen: 2, candidates, photos: 40 };
  const [none, , strong] = PYRAMID_CANDIDATES;
  const card = (weights: PyramidWeights | undefined) =>
    modelCard({
      ...plain,
      head: sampleAnysizeHead(weights ?? { two: 0, four: 0 }, [300]),
      run: { ...plain.run, pyramidChoice },
    });
  expect(card(strong)).toContain('The pyramid helps on these photos: right on 82.0 % with it, on 80.0 % without.');
  expect(card(strong)).toContain('| no pyramid | 0.3000 | 80.0% | 0.01 |  |');
  expect(card(strong)).toContain('| weak pyramid | 0.2800 | 81.0% | 0.01 |  |');
  expect(card(strong)).toContain('| strong pyramid | 0.2600 | 82.0% | 0.01 | chosen by the photos, in this model |');
  expect(card(none)).toContain('| strong pyramid | 0.2600 | 82.0% | 0.01 | chosen by the photos |');
  expect(card(none)).toContain('The choice was overruled: this model has no pyramid.');
  expect(modelCard({ ...plain, run: { ...plain.run, pyramidChoice } })).not.toContain('## The pyramid');
});

test('without validation photos it claims nothing', () => {
  const card = modelCard({ ...facts(['a', 'b'], [['train', 0, 0]]), dataHash: null });
  expect(card).toContain('There were no validation photos: nothing is known.');
  expect(card).toContain('not known: some of the photos are gone');
  expect(card).not.toContain('Accuracy');
});

test('validation photos had a say in the end of training only where there were some and training went by epochs', () => {
  const said = 'had a say in when training ended';
  const validated = facts(['a', 'b'], [['val', 0, 0]]);
  const card = ({ run, ...rest }: CardFacts, change: Partial<CardFacts['run']['training']>, stopped = false) =>
    modelCard({ ...rest, run: { ...run, training: { ...run.training, ...change }, stopped } });
  expect(card(validated, { patience: 5 })).toContain(said);
  expect(card(validated, {}, true)).toContain(said);
  expect(card(validated, {})).not.toContain(said);
  expect(card(validated, { method: 'exact', patience: 5 })).not.toContain(said);
  expect(card(facts(['a', 'b'], [['train', 0, 0]]), { patience: 5 })).not.toContain(said);
});

test('it tells below what probability answers are to be taken as unknown', () => {
  const validated = facts(['a', 'b'], [['val', 0, 0]]);
  expect(modelCard({ ...validated, unknownBelow: 0.45 })).toContain('below 45.0% are to be taken as “unknown”');
  expect(modelCard(validated)).toContain('Treat answers of low probability');
});

test('it tells how many of the planned epochs there were', () => {
  const all = facts(['a', 'b'], [['val', 0, 0]]);
  expect(modelCard(all)).toContain('adam, 30 epochs,');
  expect(modelCard({ ...all, run: { ...all.run, epochs: epochs(4) } })).toContain('adam, 4 of 30 epochs,');
});

test('it says when the measurement averaged several sizes, as no export does', () => {
  const plain = facts(['a', 'b'], [['val', 0, 0]]);
  const several = { ...plain, run: { ...plain.run, vectors: { ...DEFAULT_VECTORS, testSides: [224, 300] } } };
  expect(modelCard(plain)).not.toContain('several sizes averaged');
  expect(modelCard(several)).toContain('several sizes averaged');
  expect(modelCard(several)).toContain('| Sizes in testing | 224, 300 (areas) |');
});

test('many classes are told by their most frequent confusions', () => {
  const classes = Array.from({ length: 40 }, (_, k) => `c${k}`);
  const card = modelCard(
    facts(classes, [
      ['val', 3, 7],
      ['val', 3, 7],
      ['val', 9, 1],
      ['val', 5, 5],
    ]),
  );
  expect(card).toContain('Most frequent confusions (2 of 2)');
  expect(card).toContain('| c3 | c7 | 2 |\n| c9 | c1 | 1 |');
});

test('names stay names: no HTML, markup, table cell or line of their own', () => {
  expect(escapeMarkdown('a|b\n# <img src=x onerror=y> [x](http://y) `c` &amp;')).toBe(
    'a\\|b\uFFFD# &lt;img src=x onerror=y&gt; \\[x\\](http\\://y) \\`c\\` &amp;amp;',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const escaped = escapeMarkdown(name);
      expect(escaped).not.toMatch(/[<>\n\r\u202e]/);
      // Every bar and bracket is behind a backslash that is not itself escaped.
      expect(escaped.replace(/\\./gu, 'x')).not.toMatch(/[|[\]`*_\\]|^\s*([#+\-=]|\d+[.)](\s|$))/);
    }),
  );
});

test('a name is not escaped where it is no markup', () => {
  expect(escapeMarkdown('2026-11-21')).toBe('2026-11-21');
  expect(escapeMarkdown('Anysize 0.1.0 (area, 300×300 = 90,000 px)!')).toBe(
    'Anysize 0.1.0 (area, 300×300 = 90,000 px)!',
  );
  expect(escapeMarkdown('- a, 1. b')).toBe('\\- a, 1. b');
  expect(escapeMarkdown('1. b')).toBe('1\\. b');
  expect(escapeMarkdown('# c')).toBe('\\# c');
  expect(escapeMarkdown('www.example.org')).toBe('www\\.example.org');
});

test('one photo is one photo', () => {
  const card = modelCard(
    facts(
      ['a', 'b'],
      [
        ['train', 0, 0],
        ['train', 1, 1],
      ],
    ),
  );
  expect(card).toContain('The smallest class has 1 training photo.');
});

test('the data hash is what sort and sha256sum give, in any order', async () => {
  const hashes = ['ff', '0a', 'b1'];
  const wanted = createHash('sha256').update('0a\nb1\nff\n').digest('hex');
  expect(await dataHash(hashes)).toBe(wanted);
  expect(await dataHash(hashes.toReversed())).toBe(wanted);
  expect(await dataHash(['ff', '0a'])).not.toBe(wanted);
});

test('of a head on the recipe it tells the features, their weights and every size', () => {
  const made = facts(head.classes, [['train', 0, 0]]);
  const thorough = modelCard({ ...made, head: sampleAnysizeHead({ two: 0.3, four: 0.2 }, [224, 300, 448]) });
  expect(thorough).toContain('features of two layers (frozen), whitened, with a spatial pyramid, a linear layer');
  expect(thorough).toContain('| Pyramid | 2×2 (weight 0.3) and 4×4 (weight 0.2), adaptive rule, mean pooling |');
  expect(thorough).toContain('Anysize, version 1: whitened means of the last map (weight 1)');
  for (const side of [224, 300, 448]) expect(thorough).toContain(`${side} × ${side}`);
  const plain = modelCard({ ...made, head: sampleAnysizeHead({ two: 0, four: 0 }, [300]) });
  expect(plain).toContain('| Pyramid | none |');
  expect(plain).not.toContain('224 × 224');
});

test('it tells the temperature that is in its weights, and what its percentages were before', () => {
  const plain = facts(['a', 'b'], [['val', 0, 0]]);
  expect(modelCard(plain)).not.toContain('temperature');
  const before = { calibration: { bins: [], error: 0.159 }, logLoss: 0.6123 };
  const calibrated = { temperature: 0.5237, on: 'training', photos: 200, before } as const;
  expect(modelCard({ ...plain, run: { ...plain.run, calibrated } })).toContain(
    'Its logits were divided by a temperature of 0.524, fitted on 200 photos, validation photos and training photos that were left out in turn; ' +
      'it is part of the weights. Without it: log loss 0.612, expected calibration error 15.9%.',
  );
});
