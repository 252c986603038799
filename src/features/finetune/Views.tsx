import { useDeferredValue, useEffect, useRef } from 'react';
import { useStore } from '../../store/store.ts';
import { ViewTabs } from '../../ui/views/ViewTabs.tsx';
import styles from './FineTune.module.css';
import { PhotosView } from './photos/PhotosView.tsx';
import { GoOn } from './train/GoOn.tsx';
import { ResultsView, type ResultsViewProps } from './results/ResultsView.tsx';
import { TrainView } from './train/TrainView.tsx';

/** On a phone the zones stand below each other: what was asked for comes into sight. */
function bringIntoSight(element: HTMLElement): void {
  if (!matchMedia('(width < 1000px)').matches) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
}

/** The photos, the training, the results: one at a time. */
export function Views(props: ResultsViewProps) {
  const { onOpenInClassify, onTry } = props;
  // The view that was asked for is made in slices; until it is there the one before stays.
  const view = useDeferredValue(useStore((state) => state.fineTuneView));
  const setView = useStore((state) => state.setFineTuneView);
  const training = useStore((state) => state.job?.kind === 'train');
  const newest = useStore((state) => state.runs[0]?.id);
  const centre = useRef<HTMLDivElement>(null);
  const before = useRef({ training, newest });
  useEffect(() => {
    // Once the view that belongs to it is there: before, the page may be too short to scroll this far.
    if (training && view !== 'train') return;
    const begun = training && !before.current.training;
    const done = before.current.training && !training && newest !== before.current.newest && view === 'train';
    before.current = { training, newest };
    if (!begun && !done) return;
    // The tabs put the view into the page after this.
    requestAnimationFrame(() => centre.current && bringIntoSight(centre.current));
  }, [training, newest, view]);
  return (
    <ViewTabs
      className={styles['centre']}
      tabsClassName={styles['tabs']}
      viewClassName={styles['view']}
      label="Photos, training, results"
      shown={view}
      onShow={setView}
      views={[
        { id: 'photos', label: 'Photos', content: <PhotosView onOpenInClassify={onOpenInClassify} /> },
        { id: 'train', label: 'Train', content: <TrainView onTry={onTry} />, ref: centre },
        { id: 'results', label: 'Results', content: <ResultsView {...props} /> },
      ]}
    >
      <div className={styles['note']}>
        <GoOn />
      </div>
    </ViewTabs>
  );
}
