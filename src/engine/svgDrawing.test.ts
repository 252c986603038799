import { expect, test } from 'vitest';
import { withoutHandlers } from './svgDrawing.ts';

test('event handlers go; what only looks like one stays', () => {
  expect(withoutHandlers(`<svg onload="x()" width="2"><g title="a > b" onClick='y("z")'/></svg>`)).toBe(
    `<svg width="2"><g title="a > b"/></svg>`,
  );
  const harmless = `<svg><!-- <a onload="1"> --><text data-on="1">a onload="x" b</text></svg>`;
  expect(withoutHandlers(harmless)).toBe(harmless);
});
