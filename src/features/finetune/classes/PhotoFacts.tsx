import { useDeferredValue, useMemo } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { classColour } from '../../../ui/charts/classPalette.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { UnreadPhotos } from '../../../ui/files/UnreadPhotos.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ScatterPlot } from '../../../ui/charts/ScatterPlot.tsx';
import styles from './classes.module.css';
import { imbalanceOfSet } from './imbalance.ts';
import type { TrainingSet } from '../trainingSet.ts';

/** What is to be known of the photos: copies, unreadable ones, imbalance, sizes. */
export function PhotoFacts({ set }: { set: TrainingSet }) {
  const classes = useStore((state) => state.dataset.classes);
  const balanced = useStore((state) => state.trainingOptions.classWeights === 'balanced');
  const imbalance = imbalanceOfSet(classes, set);
  const useWeights = () => useStore.getState().changeTraining({ classWeights: 'balanced' });
  return (
    <>
      <Copies ids={[...set.duplicates.copies]} />
      <Unreadable ids={set.failed} />
      {imbalance && (
        <Note
          tone={balanced ? 'info' : 'warn'}
          actions={!balanced && <Button onClick={useWeights}>Use class weights</Button>}
        >
          {imbalance}
          {balanced && ' Class weights make up for it.'}
        </Note>
      )}
      <Sizes set={set} />
    </>
  );
}

/** Photos that are byte for byte another of their class: which, and that they count once. */
function Copies({ ids }: { ids: readonly string[] }) {
  const photos = useStore((state) => state.photos);
  if (ids.length === 0) return null;
  const left = `${plural(ids.length, 'byte-identical copy', 'byte-identical copies')} left out`;
  return (
    <Fold title={`${left}: a photo counts once in its class`}>
      <ul className={styles['copies']}>
        {ids.slice(0, 200).map((id) => (
          <li key={id}>
            <FileName name={photos.get(id)?.name ?? ''} title={photos.get(id)?.path ?? ''} />
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Unreadable({ ids }: { ids: readonly string[] }) {
  const photos = useStore((state) => state.photos);
  return <UnreadPhotos photos={ids.flatMap((id) => photos.get(id) ?? [])} />;
}

function Sizes(props: { set: TrainingSet }) {
  // Thousands of points may wait while photos are being read.
  const set = useDeferredValue(props.set);
  const photos = useDeferredValue(useStore((state) => state.photos));
  const dataset = useDeferredValue(useStore((state) => state.dataset));
  const points = useMemo(() => {
    const colours = new Map(dataset.classes.map(({ id, colour }) => [id, classColour(colour)]));
    return set.ids.flatMap((id) => {
      const photo = photos.get(id);
      const classId = dataset.members.get(id)?.classId;
      if (photo?.status !== 'ready' || classId === undefined) return [];
      return [{ x: photo.width, y: photo.height, colour: colours.get(classId) ?? '' }];
    });
  }, [set, photos, dataset]);
  if (points.length === 0) return null;
  const range = (key: 'x' | 'y') => {
    const values = points.map((point) => point[key]);
    const min = values.reduce((a, b) => Math.min(a, b));
    const max = values.reduce((a, b) => Math.max(a, b));
    return min === max ? `${min}` : `${min}–${max}`;
  };
  return (
    <ScatterPlot
      points={points}
      title="Sizes of your photos"
      summary={`${plural(points.length, 'photo')}, ${range('x')} px wide and ${range('y')} px high.`}
    />
  );
}
