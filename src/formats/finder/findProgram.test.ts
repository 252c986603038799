import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { gridWindows } from '../../core/find/proposals/gridWindows.ts';
import { findProgram } from './findProgram.ts';

test('the program in the repository is whole as it stands: vitest -u writes its parts', async () => {
  await expect(findProgram()).toMatchFileSnapshot('./anysize_find.py');
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)("its grid of windows is the app's", () => {
  const grid = /^def grid\([^]*?(?=^def )/m.exec(findProgram())?.[0] ?? '';
  const sizes = [
    [640, 480, 500],
    [97, 1300, 500],
    [1, 1, 500],
    [1, 5000, 60],
  ] as const;
  const program = `import json, math\n${grid}\nprint(json.dumps([grid(*size) for size in ${JSON.stringify(sizes)}]))`;
  const run = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  const theirs = JSON.parse(run.stdout) as number[][][];
  sizes.forEach(([width, height, most], i) => {
    const ours = gridWindows({ width, height }, most);
    expect(theirs[i]).toHaveLength(ours.length);
    theirs[i]?.forEach((box, b) => box.forEach((side, s) => expect(side).toBeCloseTo(ours[b]?.[s] ?? NaN, 9)));
  });
});
