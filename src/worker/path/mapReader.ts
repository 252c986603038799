import { type FeatureMap, pool, type Pooled } from './poolMap.ts';
import type { PixelSource } from './pixels/pixelSource.ts';
import type { BackboneName, PyramidOptions, TilesInfo } from '../../core/model.ts';
import type { Session } from '../session/session.ts';
import { runTiles, type TiledOptions } from './tiles/tiledPath.ts';
import { ArgmaxSink, type MapSize, MeanSink, ProjectionSink, type TileSink, VectorSink } from './tiles/tileSinks.ts';

/** What is wanted of a feature map. */
export interface Wants {
  pyramids: readonly { options: PyramidOptions; argmax: boolean }[];
  /** The mean over all cells. */
  mean: boolean;
}

export interface Readings {
  /** One for each pyramid wanted. */
  pooled: Pooled[];
  mean: Float32Array | null;
}

/** A feature map as the stages after the backbone see it: at hand as a whole, or never more than passing by in tiles. */
export interface MapReader {
  readonly size: MapSize;
  readonly tiles: TilesInfo | null;
  /** Bytes that it keeps. */
  readonly bytes: number;
  read(wants: Wants, options?: TiledOptions): Promise<Readings>;
  /** One channel's values [height·width], row-major; null where the map is not kept. */
  channel(channel: number): Float32Array | null;
  /**
   * For each class a map [height·width] of Σ_c row[c]·A[cell,c].
   * @param row a class's weights, [channels]
   */
  project(
    classes: readonly number[],
    row: (index: number) => Float32Array,
    options?: TiledOptions,
  ): Promise<Float32Array[]>;
}

/** Mean over the cells of a map [cells, channels]. */
function meanOverCells(map: Float32Array, channels: number): Float32Array {
  const cells = map.length / channels;
  const sums = new Float64Array(channels);
  for (let cell = 0, i = 0; cell < cells; cell++) {
    for (let c = 0; c < channels; c++, i++) sums[c] = (sums[c] as number) + (map[i] as number);
  }
  return Float32Array.from(sums, (sum) => sum / cells);
}

/** A feature map that is kept as a whole. */
export class WholeMap implements MapReader {
  constructor(
    private readonly session: () => Session,
    readonly map: FeatureMap,
    readonly tiles: TilesInfo | null,
  ) {}

  get size(): MapSize {
    return this.map;
  }

  get bytes(): number {
    return this.map.data.byteLength;
  }

  async read({ pyramids, mean }: Wants): Promise<Readings> {
    const pooled: Pooled[] = [];
    for (const { options, argmax } of pyramids) {
      pooled.push(await this.session().compute(() => pool(this.map, options, argmax)));
    }
    return { pooled, mean: mean ? meanOverCells(this.map.data, this.map.channels) : null };
  }

  channel(channel: number): Float32Array {
    const { data, channels } = this.map;
    return Float32Array.from({ length: data.length / channels }, (_, cell) => data[cell * channels + channel]!);
  }

  async project(classes: readonly number[], row: (index: number) => Float32Array): Promise<Float32Array[]> {
    const { data, channels } = this.map;
    return classes.map((index) => {
      const weights = row(index);
      return Float32Array.from({ length: data.length / channels }, (_, cell) => {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += weights[c]! * data[cell * channels + c]!;
        return sum;
      });
    });
  }
}

/** What passes over a map have told. */
interface Known {
  tiles: TilesInfo | null;
  pooled: Map<string, Pooled>;
  mean: Float32Array | null;
  projections: Map<number, Float32Array>;
}

/**
 * A feature map too large to be kept. Each reading that is not at hand yet is one pass of the backbone over all tiles; what was read, which is
 * small, is kept. Evidence needs a pass of its own: which classes it is wanted of is known only after the first.
 */
export class PassingMap implements MapReader {
  /** @param open gives the input's pixels for a pass */
  constructor(
    private readonly session: () => Session,
    private readonly backbone: BackboneName,
    readonly size: MapSize,
    private readonly open: (signal?: AbortSignal) => Promise<PixelSource>,
    private readonly known: Known = { tiles: null, pooled: new Map(), mean: null, projections: new Map() },
  ) {}

  /** The same map with the same readings, its pixels from elsewhere. */
  reopened(open: (signal?: AbortSignal) => Promise<PixelSource>): PassingMap {
    return new PassingMap(this.session, this.backbone, this.size, open, this.known);
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

  channel(): null {
    return null;
  }

  async read(wants: Wants, options: TiledOptions = {}): Promise<Readings> {
    const missing = wants.pyramids.filter((wanted) => !this.at(wanted));
    if (missing.length || (wants.mean && !this.known.mean)) {
      await this.pass(
        (size) => [
          new MeanSink(size),
          ...missing.map(({ options, argmax }) =>
            argmax && options.pooling === 'max' ? new ArgmaxSink(size, options) : new VectorSink(size, options),
          ),
        ],
        async ([mean, ...pools]) => {
          this.known.mean = (mean as MeanSink).result();
          for (const [i, sink] of pools.entries()) {
            const wanted = missing[i]!;
            this.known.pooled.set(keyOf(wanted), await (sink as ArgmaxSink | VectorSink).result());
          }
        },
        options,
      );
    }
    return { pooled: wants.pyramids.map((wanted) => this.at(wanted)!), mean: this.known.mean };
  }

  async project(
    classes: readonly number[],
    row: (index: number) => Float32Array,
    options: TiledOptions = {},
  ): Promise<Float32Array[]> {
    const missing = classes.filter((index) => !this.known.projections.has(index));
    if (missing.length) {
      const maps = await this.projectRows(missing.map(row), options);
      missing.forEach((index, k) => this.known.projections.set(index, maps[k]!));
    }
    return classes.map((index) => this.known.projections.get(index)!);
  }

  /** For each row [channels] a map [height·width] of Σ_c row[c]·A[cell,c]: one pass, and nothing of it is kept. */
  async projectRows(rows: readonly Float32Array[], options: TiledOptions = {}): Promise<Float32Array[]> {
    let maps: Float32Array[] = [];
    await this.pass(
      (size) => [new ProjectionSink(size, rows)],
      async ([sink]) => {
        ({ maps } = sink as ProjectionSink);
      },
      options,
    );
    return maps;
  }

  private at(wanted: Wants['pyramids'][number]): Pooled | undefined {
    return (
      (wanted.argmax ? undefined : this.known.pooled.get(keyOf({ ...wanted, argmax: true }))) ??
      this.known.pooled.get(keyOf(wanted))
    );
  }

  private async pass(
    makeSinks: (size: MapSize) => TileSink[],
    finish: (sinks: TileSink[]) => Promise<void>,
    options: TiledOptions,
  ): Promise<void> {
    const source = await this.open(options.signal);
    const { tiles } = await runTiles(this.session(), this.backbone, source, makeSinks, finish, options);
    this.known.tiles = tiles;
  }
}

function keyOf({ options, argmax }: Wants['pyramids'][number]): string {
  return JSON.stringify([options.levels, options.rule, options.pooling, argmax && options.pooling === 'max']);
}
