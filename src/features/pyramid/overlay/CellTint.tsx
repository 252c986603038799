import { useLayoutEffect, useRef } from 'react';
import type { PixelRect } from '../../../core/model.ts';
import { colourOf, type Scale, sequential } from '../../../ui/charts/palettes.ts';
import styles from './BinOverlay.module.css';
import { CELL } from '../figure/cellsToImage.ts';
import type { PanelModel } from '../panelModel.ts';

/** One channel of the feature map, to colour an image's cells with. */
export interface ChannelTint {
  channel: number;
  /** [height·width], row-major. */
  cells: Float32Array;
  scale: Scale;
}

/** Colour scale of one channel's cells in one image or in two that are compared: from 0 to the largest value. */
export function cellScale(maps: readonly Float32Array[]): Scale {
  const most = maps.map((cells) => cells.reduce((a, b) => Math.max(a, b), 0));
  return sequential(0, Math.max(1e-6, ...most));
}

export interface CellTintProps {
  /** One value per cell, row-major. */
  cells: Float32Array;
  model: PanelModel;
  scale: Scale;
  /** Where the mapped part of the image stands, in CSS pixels. */
  box: PixelRect;
}

/** Paints one pixel per cell into a canvas. */
export function paintCells(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  cells: Float32Array,
  width: number,
  height: number,
  scale: Scale,
): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) return;
  const pixels = context.createImageData(width, height);
  cells.forEach((value, i) => pixels.data.set([...colourOf(scale, value), 255], i * 4));
  context.putImageData(pixels, 0, 0);
}

/** Colours the cells of the map over the image; the last row and column are cut where the image ends. */
export function CellTint({ cells, model, scale, box }: CellTintProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { map, plan } = model.inspection;
  useLayoutEffect(() => {
    if (canvas.current) paintCells(canvas.current, cells, map.width, map.height, scale);
  }, [cells, map.width, map.height, scale]);
  return (
    <div className={styles['tint']} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
      <canvas
        ref={canvas}
        className={styles['pixels']}
        style={{
          width: `${((map.width * CELL) / plan.input.width) * 100}%`,
          height: `${((map.height * CELL) / plan.input.height) * 100}%`,
        }}
      />
    </div>
  );
}
