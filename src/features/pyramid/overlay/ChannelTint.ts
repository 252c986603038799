import type { Scale } from '../../../ui/charts/palettes.ts';

/** One channel of the feature map, to colour an image's cells with. */
export interface ChannelTint {
  channel: number;
  /** [height·width], row-major. */
  cells: Float32Array;
  scale: Scale;
}
