import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeName, untakenName } from './safeName.ts';

test.each([
  ['cat.jpg', 'cat.jpg'],
  ['Straße 日本.jpeg', 'Straße 日本.jpeg'],
  ['a/b\\c:d*e?.png', 'a_b_c_d_e_.png'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['.hidden', 'hidden'],
  ['tail. . ', 'tail'],
  ['CON.png', '_CON.png'],
  ['console.png', 'console.png'],
  ['\u202egpj.exe', '_gpj.exe'],
  ['\ud800.png', '_.png'],
  ['LPT¹', '_LPT¹'],
  ['cafe\u0301', 'caf\u00e9'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['a\ufeffb\u2028c', 'a_b_c'],
  ['..', '_'],
  ['', '_'],
])('%j becomes %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('a name of nothing is what it is to be called', () => {
  expect(safeName('...', 'model')).toBe('model');
  expect(safeName('C:\\con?', 'model')).toBe('C__con_');
});

test('a long name is cut and keeps its ending', () => {
  const safe = safeName(`${'x'.repeat(500)}.jpeg`);
  expect(safe).toHaveLength(120);
  expect(safe.endsWith('x.jpeg')).toBe(true);
});

test('a long name in letters of three or four bytes stays within what file systems take', () => {
  const safe = safeName(`${'写真😀'.repeat(60)}.jpeg`);
  expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(220);
  expect(safe).toMatch(/^(写真😀)+写?真?\.jpeg$/u);
});

test('whatever a name is, no system refuses what becomes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const safe = safeName(name);
      expect(safe).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cs}]|^[. ]|[. ]$/u);
      expect([...safe].length).toBeGreaterThan(0);
      expect([...safe].length).toBeLessThanOrEqual(121);
      expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(221);
    }),
  );
});

test('a name that is taken is numbered before its ending, upper and lower case alike', () => {
  const taken = new Set<string>();
  expect(['a.jpg', 'A.JPG', 'a.jpg', 'b', 'b'].map((name) => untakenName(name, taken))).toEqual([
    'a.jpg',
    'A 2.JPG',
    'a 3.jpg',
    'b',
    'b 2',
  ]);
  expect(['v1.2', 'V1.2'].map((name) => untakenName(name, new Set(['v1.2']), name.length))).toEqual([
    'v1.2 2',
    'V1.2 2',
  ]);
});
