import type { PhotoRow, RunRow } from '../../../core/project/model.ts';
import { useMemo, useState } from 'react';
import type { SamplePrediction, Side } from '../../../core/training/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { count, visibleName, wholePercent } from '../../../ui/format.ts';
import { PhotoGrid } from '../../../ui/grid/PhotoGrid.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { confidenceOf, type GalleryChoice, galleryOf } from './galleryOf.ts';
import styles from './results.module.css';

export interface GalleryProps {
  run: RunRow;
  choice: GalleryChoice;
  onChoose: (choice: GalleryChoice) => void;
  onOpen: (id: string, ids: readonly string[]) => void;
}

const SIDES: readonly { side: Side; label: string }[] = [
  { side: 'val', label: 'Validation' },
  { side: 'test', label: 'Test' },
  { side: 'train', label: 'Training' },
];

/** A photo of the gallery with the answer and the truth. */
function tileOf(classes: readonly string[], photo: PhotoRow | undefined, prediction: SamplePrediction | undefined) {
  const guess = classes[prediction?.predicted ?? 0] ?? '';
  const truth = classes[prediction?.truth ?? 0] ?? '';
  const score = prediction ? wholePercent(confidenceOf(prediction)) : '';
  return {
    url: photo?.thumbnailUrl ?? null,
    label: `${visibleName(photo?.name ?? '')}: guessed ${visibleName(guess)} at ${score}, is ${visibleName(truth)}`,
    caption: (
      <span className={styles['caption']}>
        <span>
          <b>
            <FileName name={guess} />
          </b>
          {score}
        </span>
        <FileName name={prediction?.truth === prediction?.predicted ? 'correct' : `is ${truth}`} />
      </span>
    ),
  };
}

/** The photos it got wrong, and those it got right, the surest first. */
export function Gallery({ run, choice, onChoose, onOpen }: GalleryProps) {
  const photos = useStore((state) => state.photos);
  const [side, setSide] = useState<Side>('val');
  // About as many as fit beside each other: the gallery is no higher than its rows.
  const columns = useMediaQuery('(width < 700px)') ? 2 : 4;
  const shown = useMemo(() => galleryOf(run.predictions, side, choice), [run, side, choice]);
  const ids = shown.map(({ id }) => id);
  const byId = new Map(shown.map((one) => [one.id, one]));
  const cell = typeof choice === 'object' ? choice : null;
  const words: string = cell
    ? `${visibleName(run.classes[cell.truth] ?? '')} taken for ${visibleName(run.classes[cell.predicted] ?? '')}`
    : choice === 'wrong'
      ? 'Wrong'
      : 'Correct';
  const sides = SIDES.filter(({ side: one }) => run.predictions.some((prediction) => prediction.side === one));
  return (
    <section aria-label="Photos by answer">
      <div className={styles['head']}>
        <h3>
          {words}, surest first ({count(ids.length)})
        </h3>
        <div className={styles['segments']}>
          {(['wrong', 'correct'] as const).map((one) => (
            <Button key={one} aria-pressed={choice === one} onClick={() => onChoose(one)}>
              {one === 'wrong' ? 'Wrong' : 'Correct'}
            </Button>
          ))}
          <select aria-label="Which photos" value={side} onChange={(event) => setSide(event.target.value as Side)}>
            {sides.map(({ side: one, label }) => (
              <option key={one} value={one}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div
        className={styles['gallery']}
        style={{ height: ids.length === 0 ? 'auto' : Math.min(480, Math.ceil(ids.length / columns) * 176 + 20) }}
      >
        {ids.length === 0 ? (
          <p className={styles['none']} style={{ minHeight: 96 }}>
            {choice === 'wrong' ? 'None wrong here.' : 'None here.'}
          </p>
        ) : (
          <PhotoGrid
            label={`Photos: ${words}`}
            ids={ids}
            tileWidth={136}
            tileHeight={168}
            photoOf={(id) => tileOf(run.classes, photos.get(id), byId.get(id))}
            onOpen={(id) => onOpen(id, ids)}
          />
        )}
      </div>
    </section>
  );
}
