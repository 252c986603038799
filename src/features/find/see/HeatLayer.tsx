import { useEffect, useRef, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import { nextName } from '../../../core/nextName.ts';
import { colourOf, sequential } from '../../../ui/charts/palettes.ts';
import { heatOf } from './heatOf.ts';
import styles from './see.module.css';

const COLUMNS = 96;
const SCALE = sequential(0, 1);

/** Where the proposals lie: the more windows cover a place, the brighter it is. */
export function HeatLayer({ photoId, size }: { photoId: string; size: Size }) {
  const [found, setFound] = useState<{ photoId: string; boxes: readonly Box[] } | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = found?.photoId === photoId ? found.boxes : null;
  const { width, height } = size;
  useEffect(() => {
    const task = nextName('heat');
    let left = false;
    imageOf(photoId)
      .then((image) => engine.proposals(task, image))
      // The first is the whole photo, which covers everything alike.
      .then((answer) => !left && setFound({ photoId, boxes: answer.boxes.slice(1) }))
      // What is wrong with the photo is said beside it.
      .catch(() => {});
    return () => {
      left = true;
      void engine.cancel(task).catch(() => {});
    };
  }, [photoId]);
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
