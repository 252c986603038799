import { AnysizeError, messageOf } from '../../core/errors.ts';
import type { LabelledBox } from '../../core/find/annotation.ts';
import { type Box, boxArea, boxAt, clipBox } from '../../core/find/boxes.ts';
import type { Finder, FinderPhoto, FinderProgress, FinderRun } from '../../core/find/model.ts';
import { DEFAULT_FINDER } from '../../core/find/settings.ts';
import type { ImageFacts } from '../../core/model.ts';
import { nextName } from '../../core/nextName.ts';
import { blobArgument } from '../consoleArguments.ts';
import { engine } from '../engineClient.ts';
import { toImageInput } from '../imageInput.ts';

/** A photo with its boxes, [left, top, right, bottom] in pixels of the upright photo, half-open. */
export interface ConsoleFindPhoto {
  image: Blob;
  boxes: { label: string; box: ArrayLike<number> }[];
  /**
   * All things of all classes have their box, so that what has none is background. Where no photo of a call says it, all are taken for complete:
   * without background there is nothing to tell things from.
   */
  complete?: boolean;
}

export interface ConsoleFinderRun {
  run: FinderRun;
  classes: string[];
  /** Mean AP at IoU 0.5 on the photos kept aside, 0 … 1; null where none could be. */
  ap50: number | null;
}

/** One thing found. */
export interface ConsoleFind {
  label: string;
  /** Above 0 it leans to the class. */
  score: number;
  /** 0 … 1. */
  probability: number;
  box: Box;
}

/** Share of the photos that is kept aside to measure on; all are learned from in the end. */
const HELD_OUT = 0.2;
const SIDES: readonly [number, number] = [64, 2048];
const MOST_PROPOSALS = 10_000;

/** Finders that the engine has. */
const known = new Set<string>();

function refuse(message: string): never {
  throw new AnysizeError('BadArgument', message);
}

function wholeNumber(name: string, value: unknown, low: number, high: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  return refuse(`${name} is a whole number from ${low} to ${high}; got ${String(value)}`);
}

/** Boxes as handed to a console call. @throws AnysizeError `BadArgument` */
export function boxesArgument(boxes: unknown, photo: number): LabelledBox[] {
  if (!Array.isArray(boxes)) return refuse(`photo ${photo} wants boxes: [{ label, box: [left, top, right, bottom] }]`);
  return boxes.map((one: unknown) => {
    const { label, box } = (one ?? {}) as { label?: unknown; box?: unknown };
    const name = typeof label === 'string' ? label.trim() : '';
    if (!name) return refuse(`a box of photo ${photo} has no label`);
    const sides = Array.isArray(box) || ArrayBuffer.isView(box) ? Array.from(box as ArrayLike<number>) : [];
    if (sides.length !== 4 || !sides.every(Number.isFinite)) {
      return refuse(`a box of “${name}” in photo ${photo} is no [left, top, right, bottom]`);
    }
    const corners = boxAt(sides);
    if (boxArea(corners) === 0)
      return refuse(`a box of “${name}” in photo ${photo} has no extent: right > left, bottom > top`);
    return { label: name, box: corners };
  });
}

/**
 * Learns to find things, with the defaults of the Find tab.
 * @throws AnysizeError `BadArgument` for what are no photos with boxes; `UnreadableImage` and its like where no photo can be read
 */
export async function trainFinderFromConsole(
  request: { photos: ConsoleFindPhoto[]; side?: number; seed?: number },
  onProgress?: (progress: FinderProgress) => void,
): Promise<ConsoleFinderRun> {
  const { photos, side = DEFAULT_FINDER.side, seed = 1 } = request ?? {};
  if (!Array.isArray(photos) || photos.length === 0) {
    refuse('trainFinder() wants { photos: [{ image: blob, boxes: [{ label, box: [left, top, right, bottom] }] }] }');
  }
  const settings = { ...DEFAULT_FINDER, side: wholeNumber('side', side, ...SIDES) };
  const whole = wholeNumber('seed', seed, -(2 ** 31), 2 ** 31 - 1);
  const said = photos.some((photo) => photo?.complete !== undefined);
  const read: FinderPhoto[] = [];
  const failed: FinderRun['failed'] = [];
  let unread: unknown;
  for (const [index, photo] of photos.entries()) {
    const blob = blobArgument(photo?.image);
    const boxes = boxesArgument(photo.boxes, index + 1);
    const id = String(index);
    let size: ImageFacts;
    try {
      const image = await toImageInput(blob, blob instanceof File ? blob.name : `photo ${index + 1}`);
      const { hash, perceptual, facts } = await engine.ingest(nextName('console-ingest'), image);
      size = facts;
      read.push({ id, image, hash, perceptual, boxes, complete: photo.complete ?? !said });
    } catch (error) {
      unread ??= error;
      failed.push({ id, message: messageOf(error) });
      continue;
    }
    const outside = boxes.find(({ box }) => boxArea(clipBox(box, size)) === 0);
    if (outside) {
      refuse(
        `a box of “${outside.label}” in photo ${index + 1} lies outside the photo, which has ${size.width} × ${size.height} pixels: [${outside.box.join(', ')}]`,
      );
    }
  }
  if (read.length === 0) throw unread;
  const asked = { name: 'console', photos: read, settings, split: { share: HELD_OUT, seed: whole } };
  const run = await engine.trainFinder(nextName('console-finder'), asked, onProgress);
  known.add(run.id);
  run.failed.push(...failed);
  return { run, classes: run.classes, ap50: run.metrics?.map50 ?? null };
}

/** A finder in any form a console call has it: a run, what `trainFinder` gave, or the finder itself. */
function finderOf(run: unknown): Finder {
  const { finder, run: inner, ...own } = (run ?? {}) as { finder?: Finder; run?: FinderRun };
  const found = finder ?? inner?.finder ?? ('settings' in own ? (own as unknown as Finder) : null);
  return found?.id && Array.isArray(found.classes) ? found : refuse('find() wants { run } as trainFinder() gave it');
}

/** Finds in a photo with a score of at least `threshold`, best first, at most 100 a class. */
export async function findFromConsole(
  blob: Blob,
  options: { run: FinderRun | ConsoleFinderRun | Finder; threshold?: number },
): Promise<ConsoleFind[]> {
  const { run, threshold = 0 } = options ?? {};
  const input = blobArgument(blob);
  const finder = finderOf(run);
  if (typeof threshold !== 'number' || Number.isNaN(threshold))
    refuse(`threshold is a number; got ${String(threshold)}`);
  if (!known.has(finder.id)) await engine.setFinder(finder);
  known.add(finder.id);
  const image = await toImageInput(input, input instanceof File ? input.name : 'image');
  const { finds } = await engine.find(nextName('console-find'), image, finder.id, { threshold });
  return finds.map(({ label, score, probability, box }) => ({ label, score, probability, box }));
}

/** Boxes that may hold a thing, the whole photo first. */
export async function proposalsFromConsole(blob: Blob, { max = 500 }: { max?: number } = {}): Promise<Box[]> {
  const input = blobArgument(blob);
  const most = wholeNumber('max', max, 1, MOST_PROPOSALS);
  const image = await toImageInput(input, input instanceof File ? input.name : 'image');
  const { boxes } = await engine.proposals(nextName('console-proposals'), image, { max: most });
  return boxes.slice(0, most);
}
