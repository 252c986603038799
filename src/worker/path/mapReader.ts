import type { FeatureMap } from '../../core/featureMap.ts';
import type { BackboneName, PyramidOptions, TilesInfo } from '../../core/model.ts';
import type { Session } from '../session/session.ts';
import type { PixelSource } from './pixels/pixelSource.ts';
import { pool, type Pooled } from './poolMap.ts';
import { runTiles, type TiledOptions, type TilesUse } from './tiles/tiledPath.ts';
import { MomentsSink } from './tiles/middleSinks.ts';
import { ArgmaxSink, type MapSize, MeanSink, ProjectionSink, VectorSink } from './tiles/tileSinks.ts';

/** A pyramid over a map, and whether the places of the maxima are wanted too. */
export interface WantedPyramid {
  options: PyramidOptions;
  argmax: boolean;
}

/** What is wanted of a feature map. */
export interface Wants {
  pyramids: readonly WantedPyramid[];
  /** The mean over all cells. */
  mean: boolean;
}

export interface Readings {
  /** One for each pyramid wanted. */
  pooled: Pooled[];
  mean: Float32Array | null;
  /** Mean and deviation of the middle layer over the image, [1152]; null where they were not asked for. */
  moments: Float32Array | null;
}

/** A feature map as the stages after the backbone see it: at hand as a whole, or never more than passing by in tiles. */
export interface MapReader {
  readonly size: MapSize;
  /** Null where it is not kept. */
  readonly map: FeatureMap | null;
  readonly tiles: TilesInfo | null;
  /** Whether its readings tell of the middle layer too. */
  readonly hasMoments: boolean;
  /** Bytes that it keeps. */
  readonly bytes: number;
  read(wants: Wants, options?: TiledOptions): Promise<Readings>;
  /**
   * For each class a map [height·width] of Σ_c row[c]·A[cell,c].
   * @param head names the weights: what it told of a class once is not asked again
   * @param row a class's weights, [channels]
   */
  project(
    head: string,
    classes: readonly number[],
    row: (index: number) => Float32Array,
    options?: TiledOptions,
  ): Promise<Float32Array[]>;
  /** For each row [channels] a map [height·width] of Σ_c row[c]·A[cell,c]; nothing of it is kept. */
  projectRows(rows: readonly Float32Array[], options?: TiledOptions): Promise<Float32Array[]>;
}

/** One pyramid's reading of a map. */
export async function pooledOf(reader: MapReader, wanted: WantedPyramid, options?: TiledOptions): Promise<Pooled> {
  const [only] = (await reader.read({ pyramids: [wanted], mean: false }, options)).pooled;
  if (!only) throw new Error('a reading lacks the pyramid that was asked for');
  return only;
}

/** Mean over the cells of a map. */
function meanOverCells({ data, channels }: FeatureMap): Float32Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length;) for (let c = 0; c < channels; c++, i++) sums[c]! += data[i]!;
  return Float32Array.from(sums, (sum) => sum / (data.length / channels));
}

/** One channel's values [height·width] of a map, row-major. */
export function channelOf({ data, channels }: FeatureMap, channel: number): Float32Array {
  return Float32Array.from({ length: data.length / channels }, (_, cell) => data[cell * channels + channel]!);
}

/** A feature map that is kept as a whole. */
export class WholeMap implements MapReader {
  readonly size: MapSize;

  constructor(
    private readonly session: () => Session,
    readonly map: FeatureMap,
    private readonly moments: Float32Array | null,
    readonly tiles: TilesInfo | null,
  ) {
    // Not the map itself, which is a size too: what goes to the page as one would take the map's values along.
    const { height, width, channels } = map;
    this.size = { height, width, channels };
  }

  get hasMoments(): boolean {
    return this.moments !== null;
  }

  get bytes(): number {
    return this.map.data.byteLength + (this.moments?.byteLength ?? 0);
  }

  async read({ pyramids, mean }: Wants): Promise<Readings> {
    const pooled = await Promise.all(
      pyramids.map(({ options, argmax }) => this.session().submit(() => pool(this.map, options, argmax))),
    );
    return { pooled, mean: mean ? meanOverCells(this.map) : null, moments: this.moments };
  }

  project(_: string, classes: readonly number[], row: (index: number) => Float32Array): Promise<Float32Array[]> {
    return this.projectRows(classes.map(row));
  }

  async projectRows(rows: readonly Float32Array[]): Promise<Float32Array[]> {
    const { data, channels } = this.map;
    return rows.map((weights) =>
      Float32Array.from({ length: data.length / channels }, (_, cell) => {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += weights[c]! * data[cell * channels + c]!;
        return sum;
      }),
    );
  }
}

/** What passes over a map have told. */
interface Known {
  tiles: TilesInfo | null;
  pooled: Map<string, Pooled>;
  mean: Float32Array | null;
  moments: Float32Array | null;
  projections: Map<string, Float32Array>;
}

/**
 * A feature map too large to be kept. Each reading that is not at hand yet is one pass of the backbone over all tiles; what was read, which is
 * small, is kept. Evidence needs a pass of its own: which classes it is wanted of is known only after the first.
 */
export class PassingMap implements MapReader {
  readonly map = null;

  /** @param open gives the input's pixels for a pass */
  constructor(
    private readonly session: () => Session,
    private readonly backbone: BackboneName,
    readonly size: MapSize,
    private readonly open: () => Promise<PixelSource>,
    readonly hasMoments = false,
    private readonly known: Known = {
      tiles: null,
      pooled: new Map(),
      mean: null,
      moments: null,
      projections: new Map(),
    },
  ) {}

  /** The same map with the same readings, its pixels from elsewhere. */
  reopened(open: () => Promise<PixelSource>): PassingMap {
    return new PassingMap(this.session, this.backbone, this.size, open, this.hasMoments, this.known);
  }

  get tiles(): TilesInfo | null {
    return this.known.tiles;
  }

  get bytes(): number {
    const arrays = [
      ...this.known.projections.values(),
      ...[...this.known.pooled.values()].flatMap(({ vector }) => [vector, vector]),
    ];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  async read(wants: Wants, options: TiledOptions = {}): Promise<Readings> {
    const missing = wants.pyramids.filter((wanted) => !this.at(wanted));
    if (missing.length || (wants.mean && !this.known.mean)) {
      await this.pass((size) => {
        const mean = new MeanSink(size);
        const moments = this.hasMoments ? new MomentsSink() : null;
        const pools = missing.map((wanted) => ({ key: keyOf(wanted), sink: poolSink(size, wanted) }));
        return {
          sinks: [mean, ...(moments ? [moments] : []), ...pools.map(({ sink }) => sink)],
          finish: async () => {
            this.known.mean = mean.result();
            this.known.moments = moments?.result() ?? null;
            for (const { key, sink } of pools) this.known.pooled.set(key, await sink.result());
          },
        };
      }, options);
    }
    const { mean, moments } = this.known;
    return { pooled: wants.pyramids.map((wanted) => this.at(wanted)!), mean, moments };
  }

  async project(
    head: string,
    classes: readonly number[],
    row: (index: number) => Float32Array,
    options: TiledOptions = {},
  ): Promise<Float32Array[]> {
    const { projections } = this.known;
    const keyOf = (index: number) => `${head} ${index}`;
    const missing = classes.filter((index) => !projections.has(keyOf(index)));
    if (missing.length) {
      const maps = await this.projectRows(missing.map(row), options);
      missing.forEach((index, k) => projections.set(keyOf(index), maps[k]!));
    }
    return classes.map((index) => projections.get(keyOf(index))!);
  }

  projectRows(rows: readonly Float32Array[], options: TiledOptions = {}): Promise<Float32Array[]> {
    return this.pass((size) => {
      const sink = new ProjectionSink(size, rows);
      return { sinks: [sink], finish: async () => sink.maps };
    }, options);
  }

  private at(wanted: WantedPyramid): Pooled | undefined {
    return (
      (wanted.argmax ? undefined : this.known.pooled.get(keyOf({ ...wanted, argmax: true }))) ??
      this.known.pooled.get(keyOf(wanted))
    );
  }

  private async pass<Result>(begin: (size: MapSize) => TilesUse<Result>, options: TiledOptions): Promise<Result> {
    const { result, tiles } = await runTiles(this.session(), this.backbone, await this.open(), begin, options);
    this.known.tiles = tiles;
    return result;
  }
}

function poolSink(size: MapSize, { options, argmax }: WantedPyramid): ArgmaxSink | VectorSink {
  return argmax && options.pooling === 'max' ? new ArgmaxSink(size, options) : new VectorSink(size, options);
}

function keyOf({ options, argmax }: WantedPyramid): string {
  return JSON.stringify([options.levels, options.rule, options.pooling, argmax && options.pooling === 'max']);
}
