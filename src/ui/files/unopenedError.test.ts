import { expect, test } from 'vitest';
import { unopenedError } from './unopenedError.ts';

const failed = (...paths: string[]) => paths.map((path) => ({ path, reason: new Error('Permission denied.') }));

test('what could not be opened is named with its reason, as far as there is room, and the rest is counted', () => {
  const one = unopenedError(failed('daisy/a.jpg'));
  expect(one.name).toBe('UnreadableImage');
  expect(one.message).toMatch(/^“daisy\/a\.jpg” could not be opened and was left out: Permission denied\. Check/);
  const { message } = unopenedError(failed('a', 'b\u202egpj', 'c', 'd', 'e'));
  expect(message).toMatch(/^“a”, “b.+gpj”, “c” and 2 others could not be opened and were left out/);
  expect(message).not.toContain('\u202e');
});
