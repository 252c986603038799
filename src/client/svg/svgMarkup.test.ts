import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSvgMarkup } from './svgMarkup.ts';

const HEAD = '<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg">';
const textOf = (svg: string) => {
  const markup = readSvgMarkup(svg);
  return typeof markup === 'string' ? markup : markup.text;
};

test('event handlers go; what only looks like one stays', () => {
  expect(textOf(`<svg onload="x()" width="2"><g title="a > b" onClick='y("z")'/></svg>`)).toBe(
    `<svg width="2"><g title="a > b"/></svg>`,
  );
  expect(textOf(`<svg\n onload = "a"\tonend='b'\n></svg >`)).toBe('<svg\n></svg >');
  const harmless = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a > b" 'c'><svg><!-- <a onload="1"> --><text data-on="1" on="2">a onload="x" b<![CDATA[<a onload="1">]]></text></svg>`;
  expect(textOf(harmless)).toBe(harmless);
});

test('elements are counted, closing tags and what stands in comments are not', () => {
  expect(readSvgMarkup('<svg><a><b/></a><!-- <c/> --><![CDATA[<d/>]]></svg>')).toMatchObject({ elements: 3 });
});

test.each([
  '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
  '<!DOCTYPE svg []><svg/>',
  // Quoted marks that would end the declaration, or open a comment, for a careless reader.
  '<!DOCTYPE svg SYSTEM "a>b" [ ]><svg/>',
  '<!DOCTYPE svg SYSTEM "a><!-- " [<!entity a "b">]><svg/><!-- -->',
])('entities may hide in %s', (svg) => expect(readSvgMarkup(svg)).toBe('entities'));

test.each([
  '<svg',
  '<svg width="1',
  "<svg width='1>",
  '<svg width=1>',
  '<svg width>',
  '<svg a="1"b="2">',
  '<svg <a>',
  '<svg/ >',
  '<!-- ',
  '<!-->',
  '<![CDATA[ ]>',
  '<?xml',
  '<!DOCTYPE svg',
  '<!DOCTYPE svg "',
  '<!doctype svg>',
  '</svg',
  '<svg>',
  '<svg><g></svg>',
  '<svg><a></b></svg>',
  '<svg/></svg>',
])('no parser takes %s', (svg) => expect(readSvgMarkup(svg)).toBe('malformed'));

test('what has no handler comes back as it is, whatever it holds', () => {
  const piece = fc.constantFrom(
    '<a ',
    'b="c"',
    "d='e'",
    ' ',
    '/>',
    '>',
    '<!-- ',
    ' -->',
    '<![CDATA[',
    ']]>',
    'text',
    '"',
    "'",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const svg = pieces.join('');
      const markup = readSvgMarkup(svg);
      if (typeof markup !== 'string') expect(markup.text).toBe(svg);
    }),
  );
});

describe('4 MB of anything take no longer than reading them', () => {
  const shapes = [
    '<',
    '<a ',
    '<!--',
    '<!-- >',
    '<!DOCTYPE',
    '<!DOCTYPE"',
    '<![CDATA[',
    '<![CDATA[]]',
    '<?',
    '</a ',
    '<!',
    '-->',
  ];
  const inTags = [
    '<a b="',
    '<a b=" onc="',
    "<a b='\"' ",
    '<a b="c" ',
    ' ',
    ' on',
    ' onload=',
    ' onload="',
    ' onload=""',
    ' on="" ',
    "'",
    '=',
    '/',
  ];
  test.each([...shapes, ...inTags])('%j', { timeout: 20_000 }, (unit) => {
    for (const start of [HEAD, `${HEAD}<a`, `${HEAD}<a b="`, '<!DOCTYPE svg ']) {
      const text = start + unit.repeat(2 ** 22 / unit.length);
      const began = performance.now();
      readSvgMarkup(text);
      // About 100 ms on a free machine; hours where the time goes with the square of the length.
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });
});
