import { Shuffle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import type { AugmentOptions } from '../../../core/training/model.ts';
import type { SizePolicy } from '../../../core/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import styles from './OptionsZone.module.css';
import { useTrainingSet } from '../trainingSet.ts';

const VIEWS = 7;
/** A slider tells of every step: wait until it rests. */
const REST_MS = 150;

/** The selected photo (or the first one) and what augmentation makes of it. */
export function AugmentPreview({ policy, options }: { policy: SizePolicy; options: AugmentOptions }) {
  const selected = useStore((state) => state.selectedPhotos);
  const usable = useTrainingSet().usable;
  const id = [...selected].find((one) => usable.has(one)) ?? usable.values().next().value ?? null;
  const [seed, setSeed] = useState(1);
  const [views, setViews] = useState<Blob[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (id === null) return;
    let gone = false;
    const timer = setTimeout(() => {
      imageOf(id)
        .then((input) => engine.augmentPreview(input, policy, options, VIEWS, seed))
        .then(
          (made) => {
            if (gone) return;
            setViews(made);
            setProblem(null);
          },
          (error: unknown) => !gone && setProblem(messageOf(error)),
        );
    }, REST_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id, policy, options, seed]);

  if (id === null) return <p className={styles['note']}>Add photos to see what changes.</p>;
  return (
    <div className={styles['group']}>
      <div className={styles['row']}>
        <p className={styles['note']}>{selected.size > 0 ? 'The selected photo' : 'The first photo'} and views of it</p>
        <Button
          look="quiet"
          icon={Shuffle}
          aria-label="Other views"
          title="Other views"
          onClick={() => setSeed(seed + 1)}
        />
      </div>
      {problem && <Note tone="error">{problem}</Note>}
      <div className={styles['strip']}>
        {views.map((view, i) => (
          // The views have no identity beyond their place in the strip.
          // oxlint-disable-next-line react/no-array-index-key
          <View key={i} blob={view} label={i === 0 ? 'The photo itself' : `View ${i}`} />
        ))}
      </div>
    </div>
  );
}

function View({ blob, label }: { blob: Blob; label: string }) {
  const url = useObjectUrl(blob);
  return url ? <img src={url} alt={label} title={label} /> : <span />;
}
