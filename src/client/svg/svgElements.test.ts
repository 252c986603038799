import { expect, it } from 'vitest';
import { drawnElements, type SvgNode } from './svgElements.ts';

function node(id: string, attributes: Record<string, string>, ...children: SvgNode[]): SvgNode {
  return { id, attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })), children };
}

it('counts elements, those referred to as often as they are referred to', () => {
  const shape = node('s', {}, node('', {}), node('', {}));
  expect(drawnElements(node('', {}, shape))).toBe(4);
  expect(drawnElements(node('', {}, shape, node('', { href: '#s' }), node('', { 'xlink:href': ' #s' })))).toBe(
    4 + 2 * 4,
  );
  expect(
    drawnElements(node('', {}, shape, node('', { mask: 'url(#s)' }), node('', { style: 'fill: url("#s")' }))),
  ).toBe(4 + 2 * 4);
  expect(
    drawnElements(node('', {}, shape, node('', { href: 'https://example.org/#s' }), node('', { href: '#none' }))),
  ).toBe(6);
});

it('sees ten levels of ten references each for what they are', () => {
  const levels: SvgNode[] = [node('l0', {})];
  for (let level = 1; level <= 10; level++) {
    const uses = Array.from({ length: 10 }, () => node('', { href: `#l${level - 1}` }));
    levels.push(node(`l${level}`, {}, ...uses));
  }
  expect(drawnElements(node('', {}, ...levels))).toBeGreaterThan(1e10);
});

it('ends on references that run in a circle', () => {
  const a = node('a', { href: '#b' });
  const b = node('b', { href: '#a' });
  expect(drawnElements(node('', {}, a, b))).toBeLessThan(10);
});

it.each(['url(#', 'url(', ' ', 'url(#a ', '"'])('a long attribute of %j takes no longer than reading it', (unit) => {
  const value = `url(#${unit.repeat(2 ** 22 / unit.length)}`;
  const began = performance.now();
  expect(drawnElements(node('', { style: value, href: value }))).toBe(1);
  expect(performance.now() - began).toBeLessThan(2000);
});

it('a chain of 30,000 references is followed to its end', () => {
  const chain = Array.from({ length: 30_000 }, (_, i) => node(`u${i}`, { href: `#u${i + 1}` }));
  expect(drawnElements(node('', {}, ...chain))).toBeGreaterThan(4e8);
});
