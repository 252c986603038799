import { useEffect, useState } from 'react';
import { type Crop, cropAtHand, cropOf } from '../../../client/find/crops.ts';
import type { FindError } from '../../../core/find/model.ts';
import styles from './results.module.css';

export interface CropTileProps {
  error: FindError;
  colour: string;
  label: string;
  caption: string;
  onOpen: () => void;
}

/** One mistake as a piece of its photo, the box drawn; opens the photo. */
export function CropTile({ error, colour, label, caption, onOpen }: CropTileProps) {
  const { photo, box, kind } = error;
  const [made, setMade] = useState<Crop | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    cropOf(photo, box, gone.signal)
      .then((crop) => !gone.signal.aborted && setMade(crop))
      // The label tells what it is.
      .catch(() => {});
    return () => gone.abort();
  }, [photo, box]);
  const crop = made ?? cropAtHand(photo, box);
  const percent = (share: number) => `${100 * share}%`;
  return (
    <button type="button" className={styles['crop']} aria-label={label} onClick={onOpen}>
      <span className={styles['picture']}>
        {crop && (
          <span
            style={{
              aspectRatio: `${crop.width} / ${crop.height}`,
              width: percent(Math.min(1, crop.width / crop.height)),
            }}
          >
            <img src={crop.url} alt="" draggable={false} />
            <span
              style={{
                left: percent(crop.box.left),
                top: percent(crop.box.top),
                width: percent(crop.box.width),
                height: percent(crop.box.height),
                borderColor: colour,
                borderStyle: kind === 'missed' ? 'dashed' : 'solid',
              }}
            />
          </span>
        )}
      </span>
      <small>{caption}</small>
    </button>
  );
}
