/** SVGs on the page, in a real browser. */
import { describe, expect, it } from 'vitest';
import { decode } from '../worker/path/pixels/decode.ts';
import { GIF_RED_BLUE } from '../core/image-header/testFiles.ts';
import { toImageInput } from './imageInput.ts';
import { readRegion } from '../worker/path/pixels/resample.ts';
import { DEFAULT_MAX_PIXELS } from '../core/size/policies/native.ts';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const input = (svg: BlobPart, name = 'a.svg') => toImageInput(new Blob([svg]), name);

/** The colour of one pixel, 0…255. */
function pixel(bitmap: ImageBitmap, x: number, y: number): number[] {
  return Array.from(readRegion(bitmap, { x, y, width: 1, height: 1 }), (value) => Math.round(value * 255));
}

it('leaves every other file to the engine', async () => {
  const blob = new Blob([GIF_RED_BLUE]);
  expect(await toImageInput(blob, 'a.gif')).toEqual({ blob, name: 'a.gif' });
  const gone = new Blob(['x']);
  gone.slice = () =>
    Object.assign(new Blob(['x']), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) });
  expect(await toImageInput(gone, 'gone.png')).toEqual({ blob: gone, name: 'gone.png' });
});

describe('an SVG is drawn at its own size', () => {
  it.each([
    [`<svg ${NS} width="40" height="20"><rect width="20" height="20" fill="#f00"/></svg>`, 40, 20],
    [`<svg ${NS} viewBox="0 0 4 2" width="40"><rect width="2" height="2" fill="#f00"/></svg>`, 40, 20],
    [`<svg ${NS} viewBox="0 0 40 20"><rect width="20" height="20" fill="#f00"/></svg>`, 40, 20],
    [
      `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg ${NS} width="40" height="20"><rect width="20" height="20" fill="#f00"/></svg>`,
      40,
      20,
    ],
  ])('%s', async (svg, width, height) => {
    const { bitmap, facts } = await decode(await input(svg), { maxPixels: DEFAULT_MAX_PIXELS, timeoutMs: 5000 });
    expect(facts).toMatchObject({ width, height, format: 'SVG' });
    expect(pixel(bitmap, 5, 10)).toEqual([255, 0, 0]);
    expect(pixel(bitmap, 30, 10)).toEqual([255, 255, 255]);
  });
});

it('runs no script and loads nothing', async () => {
  const title = document.title;
  const before = performance.getEntriesByType('resource').length;
  const svg = `<svg ${NS} width="20" height="20" onload="document.title='pwned'"><script>document.title='pwned'</script>
    <style>@import url(/outside.css);</style><image href="/outside.png" width="9" height="9"/><rect x="10" width="10" height="20" fill="#00f"/></svg>`;
  const { bitmap } = await input(svg);
  expect(pixel(bitmap!, 15, 5)).toEqual([0, 0, 255]);
  expect(document.title).toBe(title);
  const loaded = performance.getEntriesByType('resource').slice(before);
  expect(loaded.filter(({ name }) => name.includes('outside'))).toEqual([]);
});

describe('is refused', () => {
  const uses = (level: number) => `<use href="#l${level}"/>`.repeat(10);
  const laughs = Array.from({ length: 9 }, (_, level) => `<g id="l${level + 1}">${uses(level)}</g>`).join('');
  it.each([
    ['without a size', `<svg ${NS}><rect width="1" height="1"/></svg>`, 'UnreadableImage', /no size of its own/],
    [
      'too large',
      `<svg ${NS} width="100000" height="100000"/>`,
      'ImageTooLarge',
      /10,000 megapixels .*limit is 17 megapixels/,
    ],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]><svg ${NS} width="9" height="9"/>`, 'UnsupportedFormat', /entities/],
    ['foreignObject', `<svg ${NS} width="9" height="9"><foreignObject/></svg>`, 'UnsupportedFormat', /foreignObject/],
    [
      'references that multiply',
      `<svg ${NS} width="9" height="9"><rect id="l0"/>${laughs}</svg>`,
      'ImageTooLarge',
      /elements; the limit is 20,000/,
    ],
    ['not well-formed', `<svg ${NS} width="9" height="9"><rect></svg>`, 'UnreadableImage', /not well-formed/],
    [
      'tags that never end',
      `<svg ${NS} width="9" height="9">${'<a '.repeat(6e5)}`,
      'UnreadableImage',
      /not well-formed/,
    ],
    [
      'hundreds of thousands of elements',
      `<svg ${NS} width="9" height="9">${'<g/>'.repeat(4e5)}</svg>`,
      'ImageTooLarge',
      /400,000 elements; the limit is 20,000/,
    ],
    ['another namespace', '<svg width="9" height="9"/>', 'UnreadableImage', /not well-formed/],
    [
      'megabytes',
      `<svg ${NS} width="9" height="9"><!--${'x'.repeat(5_000_000)}--></svg>`,
      'ImageTooLarge',
      /4\.8 MB of SVG/,
    ],
  ])('%s', async (_, svg, name, message) => {
    await expect(input(svg, 'pic.svg')).rejects.toMatchObject({ name, message });
    await expect(input(svg, 'pic.svg')).rejects.toThrow('“pic.svg”');
  });
});

it('sees entities through an encoding that hides them', async () => {
  const hidden = `<?xml version="1.0" encoding="ISO-2022-JP"?><\x1b(B!DOCTYPE svg [<\x1b(B!ENTITY a "b">]><svg ${NS} width="9" height="9"/>`;
  await expect(input(hidden)).rejects.toMatchObject({ name: 'UnsupportedFormat', message: /entities/ });
});
