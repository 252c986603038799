import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planSize } from '../../src/core/size/sizing.ts';
import { manySizes, POLICIES } from '../../src/core/size/sizingFixtures.ts';

/** The exported program's `plan`, which needs nothing but Python itself. */
const plan = /^def into\([^]*?(?=^class )/m.exec(
  readFileSync(new URL('../../src/formats/onnx/anysize_onnx.py', import.meta.url), 'utf8'),
)?.[0];
const PROGRAM = `${plan}
import json, sys
policies, sizes = json.load(sys.stdin)
print(json.dumps([[plan(w, h, policy) for w, h in sizes] for policy in policies]))
`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)('the exported program sizes photos as the app does', () => {
  expect(plan).toMatch(/return box, size\s*$/);
  const sizes = manySizes();
  const input = JSON.stringify([POLICIES, sizes.map(({ width, height }) => [width, height])]);
  const run = spawnSync('python3', ['-c', PROGRAM], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  expect(run.status, run.stderr).toBe(0);
  const answers = JSON.parse(run.stdout) as [box: number[], size: number[]][][];
  POLICIES.forEach((policy, p) => {
    sizes.forEach((size, i) => {
      const { source, input } = planSize(size, policy);
      const box = [source.x, source.y, source.x + source.width, source.y + source.height];
      const ours = [box, [input.width, input.height]];
      const theirs = answers[p]?.[i];
      if (JSON.stringify(theirs) !== JSON.stringify(ours)) {
        expect(theirs, `${JSON.stringify(policy)} of ${size.width} × ${size.height}`).toEqual(ours);
      }
    });
  });
});
