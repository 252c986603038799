import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Analysis, SizePolicy } from '../core/model.ts';
import { planSize } from '../core/size/sizing.ts';
import { isStale } from './freshness.ts';
import { neighbour } from './images.ts';
import { defaultSettings, parseSettings } from './settings.ts';
import { unknownBelow } from './heads.ts';

test('stored settings come back', () => {
  const stored = {
    ...defaultSettings(),
    policy: { kind: 'fit', side: 256 },
    theme: 'dark',
    head: { id: 'h1' },
  } as const;
  expect(parseSettings(JSON.stringify(stored))).toEqual(stored);
});

test('a part that is not valid takes its default, the rest is kept', () => {
  const stored = {
    theme: 'dark',
    policy: { kind: 'area', side: -1 },
    pyramid: { levels: [2, 2], rule: 'adaptive', pooling: 'max' },
  };
  expect(parseSettings(JSON.stringify(stored))).toEqual({ ...defaultSettings(), theme: 'dark' });
  for (const text of [null, '', 'null', '[]', '7', '{"__proto__":{"theme":"dark"}}']) {
    expect(parseSettings(text)).toEqual(defaultSettings());
  }
});

test('an answer is stale after a change of policy or head, and without labels only once they can be had', () => {
  const { policy } = defaultSettings();
  const made = (head: Analysis['head']) => ({ facts: { width: 300, height: 300 }, plan, head }) as Analysis;
  const plan = { policy, input: { width: 300, height: 300 } };
  const one = { minSide: 0, scales: [], looks: 2 as const, decoding: 'needed' as const };
  const labelled = made({ choice: 'imagenet', name: 'ImageNet labels' });
  expect(isStale(labelled, { ...one, policy, head: 'imagenet' }, { status: 'idle' })).toBe(false);
  expect(isStale(labelled, { ...one, policy: { kind: 'area', side: 224 }, head: 'imagenet' }, { status: 'idle' })).toBe(
    true,
  );
  expect(isStale(labelled, { ...one, policy, head: { id: 'a' } }, { status: 'idle' })).toBe(true);
  expect(
    isStale(made(null), { ...one, policy, head: 'imagenet' }, { status: 'unavailable', reason: '', details: '' }),
  ).toBe(false);
  expect(isStale(made(null), { ...one, policy, head: 'imagenet' }, { status: 'ready', source: '' })).toBe(true);
});

test('an answer of one look is stale where two are chosen, and one of two where one is; at other sizes there is one in any case', () => {
  const { policy } = defaultSettings();
  const idle = { status: 'idle' } as const;
  const head = { choice: 'everyday', name: 'Everyday things' } as const;
  const made = (looks: SizePolicy[], at = policy) =>
    ({
      facts: { width: 300, height: 300 },
      plan: planSize({ width: 300, height: 300 }, at),
      head,
      logits: { looks, factor: 1 },
    }) as Analysis;
  const chosen = {
    policy,
    minSide: 0,
    scales: [],
    head: 'everyday' as const,
    looks: 2 as const,
    decoding: 'needed' as const,
  };
  const two = made([policy, { kind: 'area', side: 224 }]);
  expect(isStale(two, chosen, idle)).toBe(false);
  expect(isStale(two, { ...chosen, looks: 1 }, idle)).toBe(true);
  expect(isStale(made([policy]), chosen, idle)).toBe(true);
  expect(isStale(made([{ kind: 'crop' }], { kind: 'crop' }), { ...chosen, policy: { kind: 'crop' } }, idle)).toBe(
    false,
  );
});

test('an answer from a smaller decoding is stale where photos are to be decoded whole, and not the other way round', () => {
  const size = { width: 4000, height: 3000 };
  const { policy, minSide, scales, looks } = defaultSettings();
  const chosen = { policy, minSide, scales, looks, head: 'none' as const };
  const made = (facts: Analysis['facts']) =>
    ({ facts, plan: planSize(size, policy), head: null }) as unknown as Analysis;
  const whole = { ...size, format: 'JPEG', bytes: 1 };
  const stale = (facts: Analysis['facts'], decoding: 'needed' | 'whole') =>
    isStale(made(facts), { ...chosen, decoding }, { status: 'idle' });
  expect(stale({ ...whole, reduction: 4 }, 'needed')).toBe(false);
  expect(stale({ ...whole, reduction: 4 }, 'whole')).toBe(true);
  expect(stale(whole, 'needed')).toBe(false);
});

test('the ImageNet labels are fetched only for who has chosen them: before there were others they stood there unasked', () => {
  expect(parseSettings(JSON.stringify({ head: 'imagenet', theme: 'dark' }))).toMatchObject({
    head: 'everyday',
    theme: 'dark',
  });
  expect(parseSettings(JSON.stringify({ head: 'none' })).head).toBe('none');
  expect(parseSettings(JSON.stringify({ ...defaultSettings(), head: 'imagenet' })).head).toBe('imagenet');
});

test('a minimum side makes stale only what it would make larger; an average only answers with classes', () => {
  const { policy } = defaultSettings();
  const made = (width: number, height: number, more: Partial<Analysis> = {}) =>
    ({ facts: { width, height }, plan: planSize({ width, height }, policy), head: null, ...more }) as Analysis;
  const chosen = { policy, minSide: 64, scales: [], head: 'none', looks: 2, decoding: 'needed' } as const;
  expect(isStale(made(640, 480), { ...chosen, scales: [] }, { status: 'idle' })).toBe(false);
  expect(isStale(made(5000, 1), { ...chosen, scales: [] }, { status: 'idle' })).toBe(true);
  const scaled = { plan: planSize({ width: 5000, height: 1 }, policy, 64) };
  expect(isStale(made(5000, 1, scaled), { ...chosen, scales: [] }, { status: 'idle' })).toBe(false);
  expect(isStale(made(5000, 1, scaled), { ...chosen, minSide: 0, scales: [] }, { status: 'idle' })).toBe(true);

  const head = { choice: { id: 'a' }, name: 'mine' };
  const averaged = {
    policy,
    minSide: 0,
    scales: [224, 'native'] as (number | 'native')[],
    head: { id: 'a' },
    looks: 2 as const,
    decoding: 'needed' as const,
  };
  const scales = [{ scale: 224 }, { scale: 'native' }] as NonNullable<Analysis['scales']>;
  expect(isStale(made(640, 480, { head }), averaged, { status: 'idle' })).toBe(true);
  expect(isStale(made(640, 480, { head, scales }), averaged, { status: 'idle' })).toBe(false);
  expect(isStale(made(640, 480, { head, scales }), { ...averaged, scales: [] }, { status: 'idle' })).toBe(true);
  expect(isStale(made(640, 480), { ...averaged, head: 'none' }, { status: 'idle' })).toBe(false);
});

test('sizes to average over and the minimum side come back; nonsense does not', () => {
  const stored = { ...defaultSettings(), minSide: 64, scales: [224, 'native'] };
  expect(parseSettings(JSON.stringify(stored))).toEqual(stored);
  for (const part of [{ scales: [224, 224] }, { scales: ['all'] }, { scales: 224 }, { minSide: 33 }]) {
    expect(parseSettings(JSON.stringify(part))).toEqual(defaultSettings());
  }
});

test('after a removal the next image that stays is chosen, else the one before', () => {
  const order = ['a', 'b', 'c', 'd'];
  expect(neighbour(order, 'b', new Set(['b', 'c']))).toBe('d');
  expect(neighbour(order, 'd', new Set(['d']))).toBe('c');
  expect(neighbour(order, 'a', new Set(order))).toBeNull();
});

test('an answer below its head’s threshold is unknown; ImageNet labels have no threshold', () => {
  const heads = [{ id: 'h', name: 'mine', classes: ['a', 'b'], threshold: 0.6 }];
  const made = (choice: 'imagenet' | { id: string }, score: number) =>
    ({ head: { choice, name: '' }, top: [{ index: 0, label: 'a', score }] }) as unknown as Analysis;
  expect(unknownBelow(made({ id: 'h' }, 0.59), heads)).toBe(0.6);
  expect(unknownBelow(made({ id: 'h' }, 0.6), heads)).toBeNull();
  expect(unknownBelow(made({ id: 'gone' }, 0.1), heads)).toBeNull();
  expect(unknownBelow(made('imagenet', 0.1), heads)).toBeNull();
});

test('any text in the place of the settings gives settings that are whole and valid', () => {
  const values = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        policy: fc.anything(),
        scales: fc.anything(),
        head: fc.anything(),
        minSide: fc.anything(),
        theme: fc.anything(),
      })
      .map((value) => JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? null : part))),
  );
  fc.assert(
    fc.property(values, (text) => {
      const settings = parseSettings(text);
      expect(Object.keys(settings).toSorted()).toEqual(Object.keys(defaultSettings()).toSorted());
      expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
    }),
  );
});
