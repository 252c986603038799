import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitSample, splitSamples } from './split.ts';

const photos = (count: number, classes: number, prefix = 'p'): SplitSample[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    classIndex: i % classes,
    hash: `${prefix}-hash-${i}`,
  }));

const valOf = (samples: SplitSample[], share = 0.2, seed = 1) => {
  const { sides } = splitSamples(samples, share, seed);
  return new Set(samples.filter((_, i) => sides[i] === 'val').map((sample) => sample.id));
};

describe('a split', () => {
  it('takes the share of every class', () => {
    const samples = [...photos(200, 5), ...photos(7, 1, 'more').map((s) => ({ ...s, classIndex: 5 }))];
    const val = valOf(samples);
    const perClass = [0, 1, 2, 3, 4, 5].map((k) => samples.filter((s) => s.classIndex === k && val.has(s.id)).length);
    expect(perClass).toEqual([8, 8, 8, 8, 8, 1]);
  });

  it('depends on the seed and the content, not on order or names', () => {
    const samples = photos(60, 3);
    const renamed = samples.map((s) => ({ ...s, id: `x${s.id}` })).toReversed();
    expect(new Set([...valOf(renamed)].map((id) => id.slice(1)))).toEqual(valOf(samples));
    expect(valOf(samples, 0.2, 2)).not.toEqual(valOf(samples));
  });

  it('moves at most one photo when a photo is added', () => {
    let samples = photos(30, 3);
    let before = valOf(samples);
    let moved = 0;
    for (let i = 0; i < 200; i++) {
      samples = [...samples, { id: `new${i}`, classIndex: i % 3, hash: `new-hash-${i}` }];
      const after = valOf(samples);
      const changed = samples.slice(0, -1).filter((s) => before.has(s.id) !== after.has(s.id)).length;
      expect(changed).toBeLessThanOrEqual(1);
      moved += changed;
      before = after;
    }
    expect(moved).toBeGreaterThan(0);
  });

  it('keeps at least one photo of a class of two on either side, and trains on a class of one', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { sides } = splitSamples([...photos(2, 1), { id: 'lone', classIndex: 1, hash: 'lone' }], 0.05, seed);
      expect(sides.slice(0, 2).sort()).toEqual(['train', 'val']);
      expect(sides[2]).toBe('train');
    }
  });

  it('does not swamp one class’s validation for the sake of another that shares a cluster with it', () => {
    // One photo of class 0 is a near-duplicate of nine of class 1, whose quota is 2 of 10.
    const shared = photos(9, 1, 'burst').map((s) => ({ ...s, classIndex: 1, group: 'burst' }));
    const samples = [
      ...photos(10, 1),
      { id: 'odd', classIndex: 1, hash: 'odd' },
      { id: 'twin', classIndex: 0, hash: 'twin', group: 'burst' },
      ...shared,
    ];
    for (let seed = 0; seed < 20; seed++) {
      const { sides } = splitSamples(samples, 0.2, seed);
      expect(sides.slice(11)).toEqual(shared.map(() => 'train').concat('train'));
      expect(sides[10]).toBe('val');
    }
  });

  it('gives nothing away at share 0 and refuses 1', () => {
    expect(valOf(photos(20, 2), 0).size).toBe(0);
    expect(() => splitSamples([], 1, 0)).toThrow(/below 1/);
  });

  it('honours hold-outs and counts them towards the share', () => {
    const samples = photos(20, 1).map((s, i): SplitSample =>
      i < 3 ? { ...s, holdout: 'val' } : i < 5 ? { ...s, holdout: 'test' } : s,
    );
    const { sides } = splitSamples(samples, 0.2, 3);
    expect(sides.slice(0, 5)).toEqual(['val', 'val', 'val', 'test', 'test']);
    expect(sides.filter((side) => side === 'val').length).toBe(4);
    expect(sides.filter((side) => side === 'test').length).toBe(2);
  });

  it('keeps marked folders as they are', () => {
    const marked = (['train', 'val', 'test'] as const).flatMap((holdout) =>
      photos(4, 2, holdout).map((s) => ({ ...s, holdout })),
    );
    expect(splitSamples(marked, 0.5, 0).sides).toEqual(marked.map((s) => s.holdout));
  });

  it('says so when identical photos are marked for both sides, and keeps them out of training', () => {
    const samples: SplitSample[] = [
      { id: 'a', classIndex: 0, hash: 'same', holdout: 'train' },
      { id: 'b', classIndex: 0, hash: 'same', holdout: 'test' },
      ...photos(4, 1),
    ];
    const { sides, notices } = splitSamples(samples, 0.2, 0);
    expect(sides.slice(0, 2)).toEqual(['test', 'test']);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('train and test');
  });
});

it('never leaks: clusters of one hash or group, across classes and hold-outs too, stay on one side', () => {
  const sample = fc.record({
    classIndex: fc.nat(3),
    hash: fc.nat(15).map(String),
    group: fc.option(fc.nat(8), { nil: undefined }),
    holdout: fc.option(fc.constantFrom('train' as const, 'val' as const, 'test' as const), { nil: undefined, freq: 5 }),
  });
  fc.assert(
    fc.property(
      fc.array(sample, { maxLength: 40 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.nat(),
      (drawn, share, seed) => {
        const samples: SplitSample[] = drawn.map((one, i) => ({ id: `s${i}`, ...one }));
        const { sides } = splitSamples(samples, share, seed);
        samples.forEach((a, i) =>
          samples.forEach((b, j) => {
            if (a.hash === b.hash || (a.group !== undefined && a.group === b.group)) expect(sides[i]).toBe(sides[j]);
          }),
        );
      },
    ),
  );
});

it('gives every class with two or more clusters a photo on either side, whatever their sizes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.nat(),
      (sizes, share, seed) => {
        const samples = sizes.flatMap((size, group) =>
          Array.from({ length: size }, (_, i) => ({
            id: `${group}-${i}`,
            classIndex: 0,
            hash: `${group}-${i}`,
            group,
          })),
        );
        expect(new Set(splitSamples(samples, share, seed).sides)).toEqual(new Set(['train', 'val']));
      },
    ),
  );
});
