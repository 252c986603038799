import { expect, test } from 'vitest';
import { foreignFormat } from './foreignFormats.ts';

/** The beginning of a file: Latin-1 text, then zeros. */
function head(text: string, length = 400): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

test.each([
  ['photo.rw2', 'IIU\0\x18\0\0\0', 'a Panasonic raw image'],
  ['photo.orf', 'IIRO\x08\0\0\0', 'an Olympus raw image'],
  ['photo.crw', 'II\x1a\0\0\0HEAPCCDR', 'a Canon raw image'],
  ['photo.x3f', 'FOVb\0\0\x02\0', 'a Sigma raw image'],
  ['clip.mts', `\0\0\0\0G${'\xff'.repeat(191)}G`, 'a video'],
  ['clip.ts', `G${'\xff'.repeat(187)}G`, 'a video'],
  ['clip.m2v', '\0\0\x01\xb3\x16\0', 'a video'],
  ['clip.mpg', '\0\0\x01\xba\x44', 'a video'],
  ['drawing.pcx', '\x0a\x05\x01\x08', 'a PCX image, which browsers do not read'],
  ['song.mp3', '\xff\xfb\x90\x64', 'a sound file, not an image'],
  ['song.m4a', '\0\0\0\x20ftypM4A \0', 'a sound file, not an image'],
  ['clip.mp4', '\0\0\0\x20ftypisom\0', 'a video'],
  ['page.eps', '\xc5\xd0\xd3\xc6\x20\0', 'a PostScript file'],
])('%s is named for what it is', (name, begin, what) => {
  expect(foreignFormat(head(begin), name)?.what).toBe(what);
});
