/** Values per table: a mean and a standard deviation for each channel of the embedded backbone. */
const CHANNELS = 1280;
/** Levels that were measured under max pooling, in the order of the file; then a single cell. */
const LEVELS = [1, 2, 3, 4, 6] as const;
const STEP = 6 / 255;
/** Channels that are almost always 0 would be unusual by rounding alone. */
const LEAST_DEVIATION = 0.15;

/** How each channel behaves on ordinary photos (tools/ordinaryChannels.ts), per kind of bin. */
export interface OrdinaryChannels {
  /** Mean and standard deviation of a channel's maximum in a bin of an n×n grid. The nearest level that was measured stands for others. */
  usual: (n: number, channel: number) => { mean: number; deviation: number };
}

/** @throws RangeError where the bytes are not those of the file */
export function readOrdinaryChannels(bytes: Uint8Array): OrdinaryChannels {
  if (bytes.length !== (LEVELS.length + 1) * 2 * CHANNELS) throw new RangeError('not the table of ordinary channels');
  return {
    usual(n, channel) {
      let table: number = LEVELS.length;
      if (n <= 8)
        LEVELS.forEach((level, i) => {
          if (table >= LEVELS.length || Math.abs(level - n) < Math.abs((LEVELS[table] ?? 0) - n)) table = i;
        });
      const at = table * 2 * CHANNELS + channel;
      return {
        mean: (bytes[at] ?? 0) * STEP,
        deviation: Math.max(LEAST_DEVIATION, (bytes[at + CHANNELS] ?? 0) * STEP),
      };
    },
  };
}

export interface UnusualChannel {
  channel: number;
  value: number;
  /** What it is on average in such a bin. */
  mean: number;
  /** By how many standard deviations it lies above that. */
  above: number;
}

/**
 * A bin's channels that are farthest above what they are on ordinary photos, the most unusual first. (The largest values say nothing:
 * ReLU6 ends at 6, and dozens of channels reach it in nearly every photo.)
 * @param values [channels] of the bin
 * @param n the bin is one of n×n
 */
export function unusualChannels(
  values: Float32Array,
  n: number,
  ordinary: OrdinaryChannels,
  count: number,
): UnusualChannel[] {
  return Array.from(values, (value, channel) => {
    const { mean, deviation } = ordinary.usual(n, channel);
    return { channel, value, mean, above: (value - mean) / deviation };
  })
    .filter(({ value, above }) => value > 0 && above > 0)
    .sort((a, b) => b.above - a.above || a.channel - b.channel)
    .slice(0, count);
}

let fetched: Promise<OrdinaryChannels> | null = null;

/** The table, fetched once; after a failure it is asked for again. */
export function ordinaryChannels(): Promise<OrdinaryChannels> {
  fetched ??= (async () => {
    const response = await fetch(`${import.meta.env.BASE_URL}models/ordinary-channels.bin`);
    if (!response.ok) throw new Error(`the channels' usual values could not be fetched (${response.status})`);
    return readOrdinaryChannels(new Uint8Array(await response.arrayBuffer()));
  })().catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}
