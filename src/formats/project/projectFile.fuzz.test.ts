import type { RunRow } from '../../core/project/model.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../core/project/fixtures.ts';
import { type Anything, contents, firstManifest, MemorySink, read, written } from './projectFileFixtures.ts';
import { zipOf } from '../zip/zipFixtures.ts';
import { fuzzRuns } from '../../../tools/fuzzRuns.ts';

describe('a project file, fuzzed', () => {
  test('damaged anywhere: refused in words, or what is read is what was written', async () => {
    const whole = new Uint8Array(await (await written()).arrayBuffer());
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 6 });
    // Headers and directory are few bytes of many: aim at the end as well.
    const late = fc.array(
      fc.tuple(fc.integer({ min: whole.length - 900, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 })),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(flips, late, fc.option(fc.nat(whole.length)), async (some, others, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, flip] of [...some, ...others]) if (at < bytes.length) bytes[at]! ^= flip;
        const sink = new MemorySink();
        try {
          const { photos, runs } = await read(new Blob([bytes]), sink);
          for (const { id, kept } of photos) expect(sink.all.get(kept)).toBe(`bytes of ${id}`);
          for (const { run: one, head: theirs } of runs) {
            expect(one).toEqual(run('r1', [1, 3]) satisfies RunRow);
            expect(theirs.weights).toEqual(contents().runs[0]!.head.weights);
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'BadArchive' });
        }
      }),
      { numRuns: fuzzRuns(60) },
    );
  });

  test('any JSON as project.json is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await expect(read(await zipOf({ 'project.json': JSON.stringify(value) }))).rejects.toMatchObject({
          name: 'BadArchive',
        });
      }),
      { numRuns: fuzzRuns(25) },
    );
  });

  test('any field made anything: refused in words, or read', async () => {
    const manifest = await firstManifest();
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value))
          walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    };
    walk(manifest, []);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
        const copy: Anything = structuredClone(manifest);
        const parent = path.slice(0, -1).reduce((at, key) => at[key], copy);
        parent[path.at(-1)!] = value;
        await read(await zipOf({ 'project.json': JSON.stringify(copy) })).catch((error: unknown) =>
          expect(error).toMatchObject({ name: 'BadArchive' }),
        );
      }),
      { numRuns: fuzzRuns(50) },
    );
  });
});
