import { expect, test } from 'vitest';
import { ByteCache } from './byteCache.ts';

test('drops the least recently used beyond the limit, and counts its bytes', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 4);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe('A');
  expect(cache.bytes).toBe(8);
  cache.set('a', 'A2', 2);
  expect(cache.bytes).toBe(6);
});

test('makes room before a value is there, and does not empty itself for one that never fits', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  cache.set('huge', 'H', 11);
  expect([cache.get('huge'), cache.bytes]).toEqual([undefined, 8]);
  cache.makeRoom(6);
  expect([cache.get('a'), cache.get('b'), cache.bytes]).toEqual([undefined, 'B', 4]);
});

test('cleared, it takes what it took before', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 8);
  cache.clear();
  expect([cache.get('a'), cache.bytes]).toEqual([undefined, 0]);
  cache.set('b', 'B', 8);
  cache.set('c', 'C', 2);
  expect([cache.get('b'), cache.get('c'), cache.bytes]).toEqual(['B', 'C', 10]);
});
