import { AnysizeError, messageOf } from '../../core/errors.ts';
import { partEnds } from '../../core/find/finderMaps.ts';
import { learnFinder } from '../../core/find/learn/learnFinder.ts';
import { LearnPhoto } from '../../core/find/learn/learnPhoto.ts';
import type { FinderPhoto, FinderProgress, FinderRequest, FinderRun } from '../../core/find/model.ts';
import { clipBox } from '../../core/find/boxes.ts';
import { boxesStamp } from '../../core/find/boxesStamp.ts';
import { nearDuplicateGroups } from '../../core/training/nearDuplicates.ts';
import { splitSamples } from '../../core/training/split.ts';
import { Slices } from '../../core/yieldNow.ts';
import type { RunControl } from '../finetune/RunControl.ts';
import type { Session } from '../session/session.ts';
import type { FindImage, FindPhotos } from './findPhotos.ts';
import { PhotoSource } from './photoSource.ts';

/** Least photos of which some are kept aside. */
const LEAST_TO_SPLIT = 3;

export interface TrainFinderHooks {
  onProgress: (progress: FinderProgress) => void;
  control: RunControl;
  signal: AbortSignal;
}

/**
 * Photos to maps and proposals to windows to a finder, measured on photos kept aside.
 * @throws AnysizeError `BadArgument` where there is too little to learn from; `Cancelled`
 */
export async function trainFinder(
  session: () => Session,
  photos: FindPhotos,
  request: FinderRequest,
  { onProgress, control, signal }: TrainFinderHooks,
): Promise<FinderRun> {
  const started = performance.now();
  const { settings, split } = request;
  const classes = [...new Set(request.photos.flatMap(({ boxes }) => boxes.map(({ label }) => label)))].sort();
  if (classes.length === 0) {
    throw new AnysizeError('BadArgument', 'There is no box to learn from: draw one around a thing to be found.');
  }
  const { learn, failed } = await read(photos, classes, request, { onProgress, control, signal });
  const { heldOut, notices } = aside(request, learn);
  const train = learn.filter((photo) => !heldOut.has(photo.id));
  const read_ = performance.now();
  const images = new Map(request.photos.map((photo) => [photo.id, imageOf(photo)]));
  const slices = new Slices(signal);
  const learned = await learnFinder({
    classes,
    settings,
    ends: partEnds(settings),
    train,
    heldOut: learn.filter((photo) => heldOut.has(photo.id)),
    source: await PhotoSource.create(photos, images, settings, signal),
    seed: split.seed,
    onProgress,
    breathe: async () => {
      if (slices.over) await slices.next();
      await control.whileHeld(signal);
    },
  });
  const id = crypto.randomUUID();
  const stamps = new Map(request.photos.map(({ id, boxes, complete }) => [id, boxesStamp(boxes, complete)]));
  return {
    id,
    name: request.name,
    created: new Date().toISOString(),
    classes,
    settings,
    split,
    backend: session().info.name,
    seconds: { reading: (read_ - started) / 1000, training: (performance.now() - read_) / 1000 },
    train: train.map((photo) => photo.id),
    heldOut: [...heldOut],
    stamps: [...train.map((photo) => photo.id), ...heldOut].map((id) => stamps.get(id) ?? ''),
    rounds: learned.rounds,
    metrics: learned.metrics,
    results: learned.results,
    failed,
    notices,
    finder: { id, name: request.name, classes: learned.classes, settings },
  };
}

const imageOf = ({ image, hash }: FinderPhoto): FindImage => ({ image, hash, lasting: true });

/** Maps and proposals of all photos; a photo that cannot be read is left out and named. */
async function read(
  photos: FindPhotos,
  classes: readonly string[],
  { photos: asked, settings }: FinderRequest,
  { onProgress, control, signal }: TrainFinderHooks,
): Promise<{ learn: LearnPhoto[]; failed: FinderRun['failed'] }> {
  const learn: LearnPhoto[] = [];
  const failed: FinderRun['failed'] = [];
  const total = asked.length;
  const started = performance.now();
  const tell = (maps: number, proposals: number) => {
    const done = (maps + proposals) / 2;
    const each = (performance.now() - started) / 1000 / Math.max(1, done);
    onProgress({ phase: 'reading', maps, proposals, total, secondsLeft: done < 1 ? null : each * (total - done) });
  };
  tell(0, 0);
  for (const [done, photo] of asked.entries()) {
    await control.whileHeld(signal);
    try {
      learn.push(
        await photos.open(imageOf(photo), signal, async (opened) => {
          const { photo: size } = await opened.maps(settings.side);
          tell(done + 1, done);
          const { boxes } = await opened.proposals(settings.proposals);
          const truth = photo.boxes.map(({ label, box }) => ({ label, box: clipBox(box, size) }));
          return new LearnPhoto(photo.id, size, truth, boxes, photo.complete, classes);
        }),
      );
    } catch (error) {
      signal.throwIfAborted();
      failed.push({ id: photo.id, message: messageOf(error) });
    }
    tell(done + 1, done + 1);
  }
  return { learn, failed };
}

/** Ids of the photos kept aside: by content, near-duplicates together, photos of each class in their share. */
function aside(
  { photos, split }: FinderRequest,
  learn: readonly LearnPhoto[],
): { heldOut: Set<string>; notices: string[] } {
  const readable = new Set(learn.map(({ id }) => id));
  const known = photos.filter(({ id }) => readable.has(id));
  if (known.length < LEAST_TO_SPLIT || split.share === 0) return { heldOut: new Set(), notices: [] };
  const groups = nearDuplicateGroups(known.map(({ perceptual }) => perceptual));
  const classes = new Map<string, number>();
  const classOf = ({ boxes }: FinderPhoto): number => {
    const label = boxes[0]?.label ?? '';
    const index = classes.get(label) ?? classes.size;
    classes.set(label, index);
    return index;
  };
  const samples = known.map((photo, i) => ({
    id: photo.id,
    name: photo.image.name,
    classIndex: classOf(photo),
    hash: photo.hash,
    group: groups[i] as number,
  }));
  const { sides, notices } = splitSamples(samples, split.share, split.seed);
  return { heldOut: new Set(known.flatMap(({ id }, i) => (sides[i] === 'val' ? [id] : []))), notices };
}
