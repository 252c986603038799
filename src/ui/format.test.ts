import { expect, test, vi } from 'vitest';
import { bytes, milliseconds, moment, percent, plural, visibleName, wait } from './format.ts';

test('a score that is not certain never reads as certain', () => {
  expect(percent(0)).toBe('0.0\u00a0%');
  expect(percent(0.0001)).toBe('<0.1\u00a0%');
  expect(percent(0.91849)).toBe('91.8\u00a0%');
  expect(percent(0.99999)).toBe('>99.9\u00a0%');
  expect(percent(1)).toBe('100.0\u00a0%');
});

test('times and sizes carry their unit', () => {
  expect([milliseconds(0.42), milliseconds(84.4), milliseconds(2314)]).toEqual(['0.4 ms', '84 ms', '2.31 s']);
  expect([wait(0.2), wait(42), wait(600), wait(7300)]).toEqual(['1 s', '40 s', '10 min', '2 h']);
  expect([bytes(999), bytes(48_100), bytes(1_440_000), bytes(2.1e9)]).toEqual(['999 B', '48 kB', '1.4 MB', '2.10 GB']);
  expect([plural(1, 'photo'), plural(1200, 'photo')]).toEqual(['1 photo', '1,200 photos']);
});

test('a name cannot hide its extension behind reordering marks or controls', () => {
  expect(visibleName('photo\u202egpj.exe')).toBe('photo\u27e8U+202E\u27e9gpj.exe');
  expect(visibleName('a\nb\u0000.png')).toBe('a\u240ab\u2400.png');
  expect(visibleName('')).toBe('(no name)');
  expect(visibleName('תמונה 写真 🐈.jpg')).toBe('תמונה 写真 🐈.jpg');
});

test('in a browser whose language is none, dates are told in English', () => {
  const Real = Intl.DateTimeFormat;
  const stubbed = vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (language, options) {
    // As WebKit does in the locale `C`.
    if (language === undefined) throw new RangeError('invalid language tag: C');
    return new Real(language, options);
  });
  try {
    expect(moment('2026-11-21T17:05:00')).toMatch(/Nov 21, 2026, 5:05/);
  } finally {
    stubbed.mockRestore();
  }
});
