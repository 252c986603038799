import { expect, test, vi } from 'vitest';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import * as v from 'valibot';
import {
  binsOnSide,
  binSpan,
  isRuleErrorName,
  pyramidBins,
  type Rule,
  RuleError,
  workingSides,
} from '../core/pyramid/geometry.ts';
import { pyramidSchema } from '../core/pyramid/pyramidSchema.ts';
import { pyramidWords } from '../core/pyramid/pyramidWords.ts';
import { samePyramid } from '../core/pyramid/samePyramid.ts';
import type { RuleDescriptor } from '../core/pyramid/rules/descriptor.ts';
import { PyramidControls } from '../features/pyramid/controls/PyramidControls.tsx';
import { explanationText } from '../features/pyramid/readout/explanationText.ts';
import { sampleHead } from '../formats/exportFixtures.ts';
import { onnxHeadModel } from '../formats/onnx/onnxModel.ts';
import { headFromSafetensors, headToSafetensors } from '../formats/pytorch/pytorchHead.ts';
import { pytorchProgram } from '../formats/pytorch/pytorchProgram.ts';
import { tfjsPage } from '../formats/tfjs/tfjsPage.ts';
import { GraphBuilder } from '../formats/onnx/GraphBuilder.ts';
import { addPyramid } from '../formats/onnx/addPyramid.ts';

/** A rule that is in no release: equal bins, at sides that n divides. */
vi.mock(import('../core/pyramid/rules/rules.ts'), async (original) => {
  const { RULES, namesOf } = await original();
  const even: RuleDescriptor<'even'> = {
    kind: 'even',
    label: 'Even',
    note: 'At some sizes only.',
    explained: 'All bins are alike.',
    bins: (side, n) => (side % n === 0 ? n : 0),
    span: (side, n, i) => ({ start: (i * side) / n, end: ((i + 1) * side) / n }),
    exported: {
      python: (pool) => [`return F.even_${pool}(x, n)`],
      javascript: ['const spans = (a, n) => Array.from({ length: n }, (_, i) => [(i * a) / n, ((i + 1) * a) / n]);'],
      onnx: (graph, side) => ({ starts: graph.step('Even', 'starts', side), ends: graph.step('Even', 'ends', side) }),
    },
  };
  const all = [...RULES, even];
  return { RULES: all, namesOf, ruleOf: (kind: string) => all.find((rule) => rule.kind === kind) } as never;
});

const even = 'even' as Rule;
const pyramid = { levels: [2, 1], rule: even, pooling: 'max' as const };
const head = sampleHead(pyramid, { sqrt: false, l2: 'none', centre: false }, 2);

test('it places bins, and says where it cannot', () => {
  expect(binSpan(6, 2, 1, even)).toEqual({ start: 3, end: 6 });
  expect(pyramidBins({ top: 0, left: 0, bottom: 4, right: 6 }, [2, 1], even)).toHaveLength(5);
  expect([binsOnSide(7, 2, even), ...workingSides(2, 7, even)]).toEqual([0, 4, 6, 8, 10]);
  expect(() => binSpan(7, 2, 0, even)).toThrow('the even rule does not give n bins at this size');
  expect(isRuleErrorName(new RuleError(7, 2, even).name)).toBe(true);
});

test('forms, words and files know it', () => {
  const form = renderToStaticMarkup(createElement(PyramidControls, { pyramid, onPyramid: () => {} }));
  expect(form).toContain('<option value="even" selected="">even</option>');
  expect(pyramidWords(pyramid)).toBe('[2, 1] max, even rule');
  expect(explanationText(pyramid, 1280)).toContain('All bins are alike.');
  expect(samePyramid(pyramid, { ...pyramid, rule: 'adaptive' })).toBe(false);
  expect(v.parse(pyramidSchema, { ...pyramid })).toEqual(pyramid);
  expect(headFromSafetensors(headToSafetensors(head), 'x.safetensors', 'id').head.pyramid).toEqual(pyramid);
});

test('the exported programs pool by it', () => {
  expect(pytorchProgram(head)).toContain('    return F.even_max(x, n)');
  expect(tfjsPage(head)).toContain('[(i * a) / n, ((i + 1) * a) / n]');
  expect(onnxHeadModel(head, '1', 0).length).toBeGreaterThan(0);
  const node = vi.spyOn(GraphBuilder.prototype, 'node');
  addPyramid(new GraphBuilder(), 'map', pyramid);
  expect(node.mock.calls.filter(([op]) => op === 'Even')).toHaveLength(8);
});
