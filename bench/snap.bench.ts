/** How often a click near the middle of a thing takes its box in the editor (issue 12), on the photos of detect/raccoon and detect/coco. */
import { type Box, boxArea, iou } from '../src/core/find/boxes.ts';
import { createRandom } from '../src/core/random.ts';
import type { Point } from '../src/features/find/editor/logic/editBoxes.ts';
import { leastProposal, likeliestAt, nextProposal, proposalsAt } from '../src/features/find/editor/logic/snap.ts';
import { AnysizeEngine } from '../src/worker/engine.ts';
import { raccoons } from './findRaccoons.ts';
import type { Bench, Table } from './table.ts';

/** How far clicks are from the middle of the thing, in its sides: standard deviation. */
const SPREADS = [0.05, 0.12, 0.2];
const CLICKS = 3;
/** Share of the photo's area under which nobody would take a thing by a click at the whole photo. */
const SMALLEST = 0.004;

interface Photo {
  things: readonly Box[];
  proposals: readonly Box[];
  /** Smallest side that is offered, as the editor has it. */
  least: number;
}

/** What is taken at a place; the thing is known to those who step until it fits. */
type Rule = (photo: Photo, at: Point, thing: Box) => Box | null;

/** The best that so many steps to tighter or looser proposals come to, from the one that is shown first. */
const stepped =
  (most: number): Rule =>
  ({ proposals, least }, at, thing) => {
    const first = likeliestAt(proposals, at, least);
    const steps = proposalsAt(proposals, at, least);
    const reached = first ? [first] : [];
    for (const step of [1, -1] as const) {
      let box = first;
      for (let i = 0; i < most && box; i++) {
        box = nextProposal(steps, box, step);
        if (box) reached.push(box);
      }
    }
    return reached.toSorted((a, b) => iou(b, thing) - iou(a, thing))[0] ?? null;
  };
const RULES: readonly (readonly [string, Rule])[] = [
  [
    'middle nearest, in its own half sides, found early',
    ({ proposals, least }, at) => likeliestAt(proposals, at, least),
  ],
  ['the same, and one key “[” or “]”', stepped(1)],
  ['the same, and up to three', stepped(3)],
  ['smallest under the pointer (Shift)', ({ proposals, least }, at) => proposalsAt(proposals, at, least)[0] ?? null],
];

interface CocoRow {
  file: string;
  boxes: { bbox: [number, number, number, number] }[];
}

async function cocoPhotos(): Promise<{ name: string; blob: Blob; boxes: Box[] }[]> {
  const rows = (await (await fetch('/bench-shared/detect/coco/annotations.json')).json()) as CocoRow[];
  return Promise.all(
    rows.map(async ({ file, boxes }) => ({
      name: file,
      blob: await (await fetch(`/bench-shared/detect/coco/images/${file}`)).blob(),
      boxes: boxes.map(({ bbox: [x, y, width, height] }): Box => [x, y, x + width, y + height]),
    })),
  );
}

function tableOf(title: string, photos: readonly Photo[]): Table {
  const rows = RULES.map(([name, rule]) => {
    const shares = SPREADS.map((spread) => {
      const random = createRandom(1);
      const overlaps = photos.flatMap((photo) =>
        photo.things.flatMap((thing) =>
          Array.from({ length: CLICKS }, () => {
            const off = (from: number, to: number) => (from + to) / 2 + spread * (to - from) * random.normal();
            const taken = rule(photo, { x: off(thing[0], thing[2]), y: off(thing[1], thing[3]) }, thing);
            return taken ? iou(taken, thing) : 0;
          }),
        ),
      );
      const share = overlaps.filter((value) => value >= 0.5).length / overlaps.length;
      return `${(100 * share).toFixed(0)} %`;
    });
    return { cells: [name, ...shares] };
  });
  const things = photos.reduce((sum, photo) => sum + photo.things.length, 0);
  return {
    title: `Clicks that take the box of the thing (IoU ≥ 0.5), ${title}: ${photos.length} photos, ${things} things`,
    columns: ['which proposal', ...SPREADS.map((spread) => `σ ${100 * spread} % of its sides`)],
    rows,
    notes: [],
  };
}

export const bench: Bench = async (progress) => {
  const engine = new AnysizeEngine();
  await engine.start('/', 'cpu');
  const read = async (name: string, blob: Blob, boxes: readonly Box[]): Promise<Photo> => {
    progress(name);
    const { size, boxes: proposals } = await engine.proposals('snap', { blob, name });
    const area = size.width * size.height;
    return {
      things: boxes.filter((box) => boxArea(box) >= SMALLEST * area),
      proposals: proposals.slice(1),
      least: leastProposal(size),
    };
  };
  const raccoon: Photo[] = [];
  for (const { image, boxes } of await raccoons(engine)) {
    raccoon.push(
      await read(
        image.name,
        image.blob,
        boxes.map(({ box }) => box),
      ),
    );
  }
  const coco: Photo[] = [];
  for (const { name, blob, boxes } of await cocoPhotos()) coco.push(await read(name, blob, boxes));
  return [tableOf('raccoons', raccoon), tableOf('COCO', coco)];
};
