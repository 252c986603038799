import { useEffect, useRef } from 'react';
import type { BatchRow } from '../../../core/batchModel.ts';
import styles from './Table.module.css';
import { batchThumbnails } from '../run/thumbnails.ts';
import { pageBatch } from '../run/pageBatch.ts';

/** Twice the shown side, for dense screens. */
const SIDE = 64;
/** Rows that are only scrolled past are not decoded. */
const REST_MS = 120;
/** Larger photos are decoded for the work itself only. */
const MAX_PIXELS = 50e6;

/** A small picture of a result's photo: the one that was kept, else decoded when its row has been in sight for a moment; empty where the photo is not at hand. */
export function RowPicture({ row }: { row: BatchRow }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { key, path, name, width, height } = row;
  const kept = batchThumbnails.url(key);
  useEffect(() => {
    if (kept || width === 0 || width * height > MAX_PIXELS) return;
    let gone = false;
    const draw = async () => {
      const file = await pageBatch.photoOf({ key, path, name });
      if (gone) return;
      const scale = SIDE / Math.max(width, height);
      const picture = await createImageBitmap(file, {
        resizeWidth: Math.max(1, Math.round(width * scale)),
        resizeHeight: Math.max(1, Math.round(height * scale)),
      });
      const [x, y] = [(SIDE - picture.width) / 2, (SIDE - picture.height) / 2];
      if (!gone) canvas.current?.getContext('2d')?.drawImage(picture, x, y);
      picture.close();
    };
    // Without its photo, or where the page cannot decode it, a row has its name only.
    const timer = setTimeout(() => void draw().catch(() => {}), REST_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [kept, key, path, name, width, height]);
  if (kept) return <img src={kept} alt="" className={styles['picture']} style={{ objectFit: 'contain' }} />;
  return <canvas ref={canvas} className={styles['picture']} width={SIDE} height={SIDE} aria-hidden />;
}
