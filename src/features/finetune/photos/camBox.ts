import type { Explanation } from '../../../core/training/model.ts';

/** Input pixels per feature-map cell: MobileNetV2's stride. */
const CELL = 32;

export interface CamBox {
  /** Where the whole cells lie on the image, as shares of its sides; they may end beyond the part that was kept. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** Right and bottom end of the part that the input had, as shares of the box: cells are cut off there. */
  keptWidth: number;
  keptHeight: number;
}

/**
 * Where a feature map's cells lie on the image: a cell covers 32×32 pixels of the input, which covers `source`; the last
 * row and column end where the input ends.
 */
export function camBox({ map, source, input, facts }: Pick<Explanation, 'map' | 'source' | 'input' | 'facts'>): CamBox {
  const scaleX = source.width / input.width;
  const scaleY = source.height / input.height;
  return {
    left: source.x / facts.width,
    top: source.y / facts.height,
    width: (map.width * CELL * scaleX) / facts.width,
    height: (map.height * CELL * scaleY) / facts.height,
    keptWidth: Math.min(1, input.width / (map.width * CELL)),
    keptHeight: Math.min(1, input.height / (map.height * CELL)),
  };
}
