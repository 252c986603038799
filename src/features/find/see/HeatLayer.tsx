import { useEffect, useRef } from 'react';
import type { Size } from '../../../core/model.ts';
import { colourOf, sequential } from '../../../ui/charts/palettes.ts';
import { useProposals } from '../editor/useProposals.ts';
import { heatOf } from './heatOf.ts';
import styles from './see.module.css';

const COLUMNS = 96;
const SCALE = sequential(0, 1);

/** Where the proposals lie: the more windows cover a place, the brighter it is. */
export function HeatLayer({ photoId, size }: { photoId: string; size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = useProposals(photoId, null);
  const { width, height } = size;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !boxes) return;
    const { rows, columns, shares } = heatOf(boxes, { width, height }, COLUMNS);
    context.canvas.width = columns;
    context.canvas.height = rows;
    const pixels = context.createImageData(columns, rows);
    shares.forEach((share, i) => pixels.data.set([...colourOf(SCALE, share), 190], 4 * i));
    context.putImageData(pixels, 0, 0);
  }, [boxes, width, height]);
  return (
    <canvas ref={canvas} className={styles['heat']} role="img" aria-label="Proposals: bright where most windows lie" />
  );
}
