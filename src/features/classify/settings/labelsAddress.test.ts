import { expect, test } from 'vitest';
import { labelsAddress } from './labelsAddress.ts';

const page = 'https://photos.example/anysize/';

test('an address is taken relative to the page; empty means none', () => {
  expect(labelsAddress(' models/imagenet/model.json ', page)).toBe(
    'https://photos.example/anysize/models/imagenet/model.json',
  );
  expect(labelsAddress('', page)).toBe('');
});

test('an address that the policy would refuse is refused in words', () => {
  expect(() => labelsAddress('https://elsewhere.example/model.json', page)).toThrow(
    /may not fetch from elsewhere\.example/,
  );
  expect(() => labelsAddress('http://', page)).toThrow(/not an address/);
});
