import { expect, it } from 'vitest';
import { displayName } from './displayName.ts';

it('quotes a name as it is', () => {
  expect(displayName('żółć 花 🌹.jpg')).toBe('“żółć 花 🌹.jpg”');
  expect(displayName('<img src=x>.jpg')).toBe('“<img src=x>.jpg”');
});

it('shortens a long name in the middle, whole characters only', () => {
  const short = displayName(`${'🌹'.repeat(300)}.jpg`);
  expect([...short]).toHaveLength(62);
  expect(short).toMatch(/^“🌹{39}…🌹{16}\.jpg”$/u);
});

it('shows what would turn the text around or break the line', () => {
  expect(displayName('\u202Egpj.exe')).toBe('“\uFFFDgpj.exe”');
  expect(displayName('a\nb\u0007')).toBe('“a\uFFFDb\uFFFD”');
});
