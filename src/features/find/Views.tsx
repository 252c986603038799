import { useDeferredValue } from 'react';
import { useStore } from '../../store/store.ts';
import { ViewTabs } from '../../ui/views/ViewTabs.tsx';
import styles from './Find.module.css';
import { BoxesView } from './photos/BoxesView.tsx';
import { ResultsView } from './results/ResultsView.tsx';
import { TrainView } from './train/TrainView.tsx';

/** The boxes, the training, the results: one at a time. */
export function Views() {
  // The view that was asked for is made in slices; until it is there the one before stays.
  const view = useDeferredValue(useStore((state) => state.findView));
  const setView = useStore((state) => state.setFindView);
  return (
    <ViewTabs
      className={styles['centre']}
      label="Boxes, training, results"
      shown={view}
      onShow={setView}
      views={[
        { id: 'boxes', label: 'Boxes', content: <BoxesView /> },
        { id: 'train', label: 'Train', content: <TrainView /> },
        { id: 'results', label: 'Results', content: <ResultsView /> },
      ]}
    />
  );
}
