import { boxArea, iou } from '../src/core/find/boxes.ts';
import { drawnScenes } from './drawnScenes.ts';
import { expect, openEngine, test } from './fixtures.ts';

const SCENES = 14;
const TRAINED = 12;

test('the console learns to find shapes in drawn scenes, and finds them in others', async ({ page }) => {
  test.setTimeout(300_000);
  await openEngine(page, 'wasm');
  const scenes = drawnScenes(SCENES);
  const answer = await page.evaluate(
    async ([scenes, trained]) => {
      const blobs = scenes.map(
        ({ png }) => new Blob([Uint8Array.from(atob(png), (character) => character.charCodeAt(0))]),
      );
      const photos = scenes.slice(0, trained).map(({ boxes }, i) => ({ image: blobs[i] as Blob, boxes }));
      const phases = new Set<string>();
      const { run, classes, ap50 } = await window.anysize.trainFinder({ photos, side: 300, seed: 1 }, ({ phase }) =>
        phases.add(phase),
      );
      const finds = [];
      for (const blob of blobs.slice(trained)) finds.push(await window.anysize.find(blob, { run }));
      const proposals = await window.anysize.proposals(blobs[0] as Blob, { max: 100 });
      const refused = await window.anysize
        .find(blobs[0] as Blob, { run: {} as never })
        .catch((error: Error) => error.name);
      return { classes, ap50, phases: [...phases], finds, proposals, refused, rounds: run.rounds };
    },
    [scenes, TRAINED] as const,
  );
  expect(answer.classes).toEqual(['star', 'target']);
  expect(answer.ap50).toBeGreaterThan(0.5);
  expect(answer.phases).toEqual(
    expect.arrayContaining(['reading', 'round', 'rounded', 'regressor', 'measuring', 'all photos']),
  );
  answer.finds.forEach((finds, i) => {
    const { boxes } = scenes[TRAINED + i]!;
    expect(finds.map(({ score }) => score)).toEqual(finds.map(({ score }) => score).sort((a, b) => b - a));
    for (const { label, box } of boxes) {
      const overlaps = finds.filter((find) => find.label === label).map((find) => iou(find.box, box));
      expect(Math.max(0, ...overlaps), `${label} in scene ${i}`).toBeGreaterThanOrEqual(0.5);
    }
  });
  expect(answer.proposals).toHaveLength(100);
  expect(answer.proposals[0]).toEqual([0, 0, scenes[0]!.width, scenes[0]!.height]);
  expect(answer.proposals.every((box) => boxArea(box) > 0)).toBe(true);
  expect(answer.refused).toBe('BadArgument');
});
