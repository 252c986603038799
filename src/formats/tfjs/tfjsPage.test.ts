import { expect, test } from 'vitest';
import type { SizePolicy } from '../../core/model.ts';
import { planSize } from '../../core/size/sizing.ts';
import { manySizes, POLICIES } from '../../core/size/sizingFixtures.ts';
import { sampleHead } from '../exportFixtures.ts';
import { tfjsPage } from './tfjsPage.ts';

const head = sampleHead(
  { levels: [1], rule: 'adaptive', pooling: 'max' },
  { sqrt: false, l2: 'none', centre: true },
  2,
);

/** The exported page's own lines that work out `size` and `source`, as a function. */
function pageSizing(policy: SizePolicy): (w: number, h: number) => { size: number[]; source: number[] } {
  const lines = /= image;\n([^]*?)\n *const context/.exec(tfjsPage({ ...head, policy }))?.[1] ?? '';
  // oxlint-disable-next-line typescript/no-implied-eval -- it runs what the app exports
  return new Function('w', 'h', `${lines}\nreturn { size, source };`) as ReturnType<typeof pageSizing>;
}

test.each(POLICIES)('the exported page sizes photos as the app does: %j', (policy) => {
  const page = pageSizing(policy);
  for (const { width, height } of manySizes()) {
    const { input, source } = planSize({ width, height }, policy);
    const ours = { size: [input.width, input.height], source: [source.x, source.y, source.width, source.height] };
    const theirs = page(width, height);
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) expect(theirs, `${width} × ${height}`).toEqual(ours);
  }
});

test('the page says that it resamples otherwise than the app', () => {
  expect(tfjsPage(head)).toMatch(/<small>This page scales photos as the browser does/);
});
