import { spawnSync } from 'node:child_process';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import * as v from 'valibot';
import { policyFields, withField } from '../core/size/policyFields.ts';
import type { PolicyDescriptor } from '../core/size/policies/descriptor.ts';
import type { SizePolicy } from '../core/size/policies/policies.ts';
import { describePolicy, planSize, policyCode, policyName, samePolicy, toPolicy } from '../core/size/sizing.ts';
import { SettingsBar } from '../features/classify/settings/SettingsBar.tsx';
import { sampleHead } from '../formats/exportFixtures.ts';
import { onnxProgram } from '../formats/onnx/onnxProgram.ts';
import { vectorsSchema } from '../formats/project/optionsSchema.ts';
import { headFromSafetensors, headToSafetensors } from '../formats/pytorch/pytorchHead.ts';
import { pytorchProgram } from '../formats/pytorch/pytorchProgram.ts';
import { tfjsPage } from '../formats/tfjs/tfjsPage.ts';
import { defaultSettings, parseSettings } from '../store/settings.ts';
import { DEFAULT_VECTORS } from '../core/training/defaults.ts';

/** A size policy that is in no release: what is asserted here holds for whatever is put into the list. */
vi.mock(import('../core/size/policies/policies.ts'), async (original) => {
  const { POLICIES } = await original();
  const shrink: PolicyDescriptor<'shrink', 'by'> = {
    kind: 'shrink',
    label: 'Shrink',
    note: 'Every side divided.',
    parameters: {
      by: {
        min: 2,
        max: 9,
        default: 4,
        field: { label: 'Divisor', unit: 'times', per: 1, decimals: 0, min: 2, max: 9 },
      },
    },
    keepsShape: true,
    plan: ({ width, height }, { by }) => ({ input: { width: Math.ceil(width / by), height: Math.ceil(height / by) } }),
    name: ({ by }) => `Shrink ${by}`,
    words: ({ by }) => `whole image, each side divided by ${by}`,
    pixels: () => 100,
    exported: {
      python: ['size = (-(-w // policy["by"]), -(-h // policy["by"]))'],
      javascript: ['size = [Math.ceil(w / policy.by), Math.ceil(h / policy.by)];'],
    },
  };
  return { POLICIES: [...POLICIES, shrink] } as never;
});

const policy = { kind: 'shrink', by: 3 } as unknown as SizePolicy;
const other = { kind: 'shrink', by: 5 } as unknown as SizePolicy;
const size = { width: 100, height: 31 };
const head = {
  ...sampleHead({ levels: [1], rule: 'adaptive', pooling: 'max' }, { sqrt: false, l2: 'none', centre: false }, 2),
  policy,
};

test('it plans, is named and described, and takes its defaults', () => {
  expect(planSize(size, policy)).toEqual({
    policy,
    source: { x: 0, y: 0, ...size },
    input: { width: 34, height: 11 },
  });
  expect(planSize(size, policy, 22).input).toEqual({ width: 68, height: 22 });
  expect(toPolicy('shrink' as SizePolicy['kind'])).toEqual({ kind: 'shrink', by: 4 });
  expect(() => toPolicy({ ...policy, by: 1 } as unknown as SizePolicy)).toThrow(/by is a whole number from 2 to 9/);
  expect([policyName(policy), policyCode(policy)]).toEqual(['Shrink 3', 'shrink-3']);
  expect(describePolicy(policy)).toBe('whole image, each side divided by 3');
});

test('its numbers tell it from another of its kind', () => {
  expect(samePolicy(policy, { ...policy })).toBe(true);
  expect(samePolicy(policy, other)).toBe(false);
});

test('the form offers it and asks for its number', () => {
  expect(policyFields(policy)).toEqual([
    { name: 'by', label: 'Divisor', unit: 'times', after: 'times', min: 2, max: 9, step: 1, value: 3 },
  ]);
  expect(withField(policy, 'by', 5)).toEqual(other);
  expect(renderToStaticMarkup(createElement(SettingsBar, { folded: false }))).toContain(
    '<option value="shrink">Shrink</option>',
  );
});

test('settings, projects and heads keep it', () => {
  expect(parseSettings(JSON.stringify({ ...defaultSettings(), policy })).policy).toEqual(policy);
  const vectors = { ...DEFAULT_VECTORS, policy };
  expect(v.parse(vectorsSchema, JSON.parse(JSON.stringify(vectors)))).toEqual(vectors);
  expect(v.safeParse(vectorsSchema, { ...vectors, policy: { kind: 'shrink', by: 10 } }).success).toBe(false);
  expect(headFromSafetensors(headToSafetensors(head), 'x.safetensors', 'id').head.policy).toEqual(policy);
});

test('the exported programs size photos by it', () => {
  const lines = /= image;\n([^]*?)\n *const context/.exec(tfjsPage(head))?.[1] ?? '';
  // oxlint-disable-next-line typescript/no-implied-eval -- it runs what the app exports
  const page = new Function('w', 'h', `${lines}\nreturn { size, source };`) as (w: number, h: number) => unknown;
  expect(page(100, 31)).toEqual({ size: [34, 11], source: [0, 0, 100, 31] });
  for (const program of [onnxProgram(), pytorchProgram(head)]) {
    const plan = /^def (?:into|plan)\([^]*?return box, size$/m.exec(program)?.[0] ?? '';
    expect(plan).toContain('policy["kind"] == "shrink"');
    const { stdout, error } = spawnSync('python3', [
      '-c',
      `${plan}\nprint(plan(100, 31, {"kind": "shrink", "by": 3}))`,
    ]);
    if (!error) expect(stdout.toString().trim()).toBe('((0, 0, 100, 31), (34, 11))');
  }
});
