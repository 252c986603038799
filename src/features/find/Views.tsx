import { Tabs } from 'radix-ui';
import { useDeferredValue } from 'react';
import type { FindView } from '../../store/find.ts';
import { useStore } from '../../store/store.ts';
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
    <Tabs.Root
      className={styles['centre']}
      value={view}
      onValueChange={(value) => setView(value as FindView)}
      activationMode="manual"
    >
      <Tabs.List className={styles['tabs']} aria-label="Boxes, training, results">
        <Tabs.Trigger className={styles['tab']} value="boxes">
          Boxes
        </Tabs.Trigger>
        <Tabs.Trigger className={styles['tab']} value="train">
          Train
        </Tabs.Trigger>
        <Tabs.Trigger className={styles['tab']} value="results">
          Results
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content className={styles['view']} value="boxes" tabIndex={-1}>
        <BoxesView />
      </Tabs.Content>
      <Tabs.Content className={styles['view']} value="train" tabIndex={-1}>
        <TrainView />
      </Tabs.Content>
      <Tabs.Content className={styles['view']} value="results" tabIndex={-1}>
        <ResultsView />
      </Tabs.Content>
    </Tabs.Root>
  );
}
