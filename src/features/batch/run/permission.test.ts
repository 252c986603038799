import { expect, test } from 'vitest';
import { mayRead } from './permission.ts';

function folder(now: PermissionState, asked: PermissionState = 'denied') {
  const questions: string[] = [];
  const handle = {
    queryPermission: async () => now,
    requestPermission: async () => {
      questions.push('asked');
      return asked;
    },
  } as unknown as FileSystemDirectoryHandle;
  return { handle, questions };
}

test('a folder may be read when it is granted, or when the person grants it after a click', async () => {
  expect(await mayRead([folder('granted').handle], false)).toBe(true);
  const prompt = folder('prompt', 'granted');
  expect(await mayRead([prompt.handle], false)).toBe(false);
  expect(prompt.questions).toEqual([]);
  expect(await mayRead([prompt.handle], true)).toBe(true);
  expect(await mayRead([folder('prompt').handle], true)).toBe(false);
});

test('all of the folders have to be readable, and there has to be one', async () => {
  expect(await mayRead([folder('granted').handle, folder('denied').handle], true)).toBe(false);
  expect(await mayRead([], true)).toBe(false);
});

test('a browser that will not ask now, or does not know the folder any more, has said no', async () => {
  const refuse = () => Promise.reject(new DOMException('no user activation', 'SecurityError'));
  const prompt = folder('prompt').handle;
  expect(await mayRead([Object.assign(prompt, { requestPermission: refuse })], true)).toBe(false);
  expect(await mayRead([Object.assign(folder('granted').handle, { queryPermission: refuse })], false)).toBe(false);
});
