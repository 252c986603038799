import styles from './BinTable.module.css';

/** What spatial pyramid pooling is, in one paragraph for a student. */
export function Explanation({ channels }: { channels: number }) {
  return (
    <details className={styles['details']}>
      <summary>What is this?</summary>
      <p>
        MobileNetV2 turns an image into a feature map: a grid of cells, one for about 32×32 pixels, each with{' '}
        {channels.toLocaleString('en')} channel values. A larger image has more cells, but a classifier needs a vector
        of one fixed length. Spatial pyramid pooling (He et al. 2014) lays grids of 4×4, 2×2 and 1×1 bins over the map
        and keeps, in every bin, the maximum of each channel. However many cells there are, there are always 16 + 4 + 1
        = 21 bins, so the vector always has 21 × {channels.toLocaleString('en')} values, and it still knows roughly
        where things are. On ordinary photos the size policy and the normalisation matter more than the pyramid; its
        real win is telling <em>where</em> something is.
      </p>
    </details>
  );
}
