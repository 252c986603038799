import * as tf from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../../core/errors.ts';
import { CHANNELS, type FeatureMap } from '../../../core/featureMap.ts';
import { MIDDLE_CHANNELS } from '../../../core/recipe/recipe.ts';
import { RunningMoments } from '../../../core/recipe/runningMoments.ts';
import type { PixelSource } from '../pixels/pixelSource.ts';
import type { BackboneName, TileProgress, TilesInfo } from '../../../core/model.ts';
import { type Models, PieceTooLarge } from '../../session/models.ts';
import type { PassOutput } from '../../session/BackbonePasses.ts';
import type { Session } from '../../session/session.ts';
import { tileEdges } from './tileEdges.ts';
import { MomentsSink } from './middleSinks.ts';
import { planTiles, type Tile, type TilePlan } from './tiles.ts';
import { type MapSize, type TileSink, WholeSink } from './tileSinks.ts';
import { yieldNow } from '../../../core/yieldNow.ts';

export interface TiledOptions {
  /** Largest input in one piece, in pixels; the backend's own budget when absent. */
  budget?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Called before the first tile and after each; rectangles in pixels of the model's input. */
  onTile?: ((progress: TileProgress) => void) | undefined;
}

/** What takes the tiles of one beginning, and how it is read at the end. */
export interface TilesUse<Result> {
  sinks: TileSink[];
  /** Reads the sinks, still in their backend's turn; they are disposed afterwards. */
  finish: () => Promise<Result>;
}

/** The tiles had to be begun anew: the backend is another one now, and what the sinks kept on it is gone. */
class OtherBackend extends Error {}

/**
 * The backbone on an input of any size, tile by tile, each into all sinks; the whole feature map exists only if a sink keeps it. Between tiles other
 * work gets its turn, and `signal` is heeded. When the device is lost or has too little room for a tile, all of it begins anew.
 * @param begin makes empty sinks for a map of this size; called again for a new beginning
 * @throws AnysizeError `LabelsUnavailable` where the official backbone is asked for and not loaded; what `signal` was aborted with
 */
export async function runTiles<Result>(
  session: Session,
  backbone: BackboneName,
  source: PixelSource,
  begin: (map: MapSize) => TilesUse<Result>,
  options: TiledOptions = {},
): Promise<{ result: Result; tiles: TilesInfo | null }> {
  for (;;) {
    const budget = Math.min(options.budget ?? Infinity, session.pixelBudget);
    const plan = planTiles(source.size, budget);
    const use = begin({ ...plan.cells, channels: CHANNELS });
    try {
      const result = await runPlan(session, backbone, source, plan, use, options);
      return { result, tiles: plan.tiles.length > 1 ? { count: plan.tiles.length, ...plan.tile, budget } : null };
    } catch (error) {
      if (!(error instanceof OtherBackend || error instanceof PieceTooLarge)) throw error;
    } finally {
      for (const sink of use.sinks) sink.dispose();
    }
  }
}

/** A whole feature map, and what is kept of the middle layer of the same pass. */
export interface WholePass {
  map: FeatureMap;
  /** Mean and deviation of the middle layer, [1152]; null where they were not asked for. */
  moments: Float32Array | null;
  tiles: TilesInfo | null;
  /** That the backend took for it, without reading pixels; of a pass of several images its share. */
  milliseconds: number;
}

export interface WholeOptions extends TiledOptions {
  /** Whether something of the middle layer is kept too, which the embedded backbone alone has. */
  middle?: boolean;
  /** Of inputs that wait, those with lower numbers go first. */
  order?: number | undefined;
}

/**
 * The whole feature map of an input of any size: on a GPU in one piece, perhaps together with other images; put together from tiles where it is large.
 * @throws AnysizeError as {@link runTiles}
 */
export async function wholeMap(
  session: Session,
  backbone: BackboneName,
  source: PixelSource,
  { middle = false, order, ...options }: WholeOptions = {},
): Promise<WholePass> {
  const budget = Math.min(options.budget ?? Infinity, session.pixelBudget);
  if (session.onGpu && planTiles(source.size, budget).tiles.length === 1) {
    const pixels = source.read({ x: 0, y: 0, ...source.size });
    const input = { backbone, pixels, size: source.size, middle };
    try {
      const output = await session.passes.pass(input, { signal: options.signal, order });
      source.release(pixels);
      return wholeOf(output);
    } catch (error) {
      if (!(error instanceof PieceTooLarge)) throw error;
    }
  }
  const started = performance.now();
  const begin = (size: MapSize) => {
    const whole = new WholeSink(size);
    const moments = middle ? new MomentsSink() : null;
    const finish = async () => ({ map: whole.result(), moments: moments?.result() ?? null });
    return { sinks: moments ? [whole, moments] : [whole], finish };
  };
  let reading = 0;
  const timed: PixelSource = {
    size: source.size,
    read: (rect, into) => {
      const begun = performance.now();
      const pixels = source.read(rect, into);
      reading += performance.now() - begun;
      return pixels;
    },
    release: (pixels) => source.release(pixels),
  };
  const { result, tiles } = await runTiles(session, backbone, timed, begin, options);
  return { ...result, tiles, milliseconds: performance.now() - started - reading };
}

function wholeOf({ last, middle, milliseconds }: PassOutput): WholePass {
  const moments = middle && new RunningMoments(MIDDLE_CHANNELS);
  if (middle) moments?.add(middle);
  const map = { ...last, channels: CHANNELS };
  return { map, moments: moments?.meanAndDeviation() ?? null, tiles: null, milliseconds };
}

async function runPlan<Result>(
  session: Session,
  backbone: BackboneName,
  source: PixelSource,
  plan: TilePlan,
  { sinks, finish }: TilesUse<Result>,
  { signal, onTile }: TiledOptions,
): Promise<Result> {
  let begunWith: Models | null = null;
  const { tiles } = plan;
  const total = tiles.length;
  const edges = tileEdges(plan, source.size);
  let pixels: Float32Array | undefined;
  for (const [done, tile] of tiles.entries()) {
    // On WASM no read waits, and a message such as "cancel" would not be heard before the last tile.
    if (total > 1) await yieldNow();
    signal?.throwIfAborted();
    if (total > 1) onTile?.({ done, total, rect: tile.pixels, edges });
    const read = source.read(tile.pixels, pixels);
    pixels = read;
    const finished = await session.compute(
      async (models) => {
        signal?.throwIfAborted();
        begunWith ??= models;
        if (begunWith !== models) throw new OtherBackend();
        await addTile(models, backbone, read, tile, sinks);
        return done === total - 1 ? { result: await finish() } : null;
      },
      { shrinks: true },
    );
    if (!finished) continue;
    source.release(read);
    if (total > 1) onTile?.({ done: total, total, rect: tile.pixels, edges });
    return finished.result;
  }
  throw new Error('a plan has at least one tile');
}

async function addTile(
  models: Models,
  name: BackboneName,
  pixels: Float32Array,
  tile: Tile,
  sinks: readonly TileSink[],
): Promise<void> {
  const backbone = name === 'imagenet' ? models.imagenet?.backbone : models.embedded;
  if (!backbone) throw new AnysizeError('LabelsUnavailable', 'The ImageNet model is not loaded.');
  const both = sinks.some(({ ofMiddle }) => ofMiddle);
  const [last, middle] = tf.tidy(() => {
    const input = tf.tensor3d(pixels, [tile.pixels.height, tile.pixels.width, 3]);
    if (!both) return [backbone.run(input)];
    const maps = backbone.runBoth(input);
    return [maps.last, maps.middle];
  });
  try {
    if (last) for (const sink of sinks) await sink.add(last, tile, middle ?? null);
  } finally {
    tf.dispose([last, middle]);
  }
}
