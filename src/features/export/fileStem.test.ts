import { expect, test } from 'vitest';
import { fileStem } from './fileStem.ts';

test.each([
  ['Drones | *and* birds', 'Drones-and-birds'],
  ['../../etc/passwd', 'etc-passwd'],
  ['C:\\con?', 'C-con'],
  ['Größe 2 – 小さい', 'Größe 2-小さい'],
  ['a\u202egpj.exe\u0000', 'a-gpj.exe'],
  ['', 'model'],
  ['...', 'model'],
  ['x'.repeat(500), 'x'.repeat(60)],
])('%j becomes %j', (name, stem) => expect(fileStem(name)).toBe(stem));
