import { useMemo } from 'react';
import { type NamedInspection, PyramidPanel } from '../features/pyramid/PyramidPanel.tsx';
import type { InspectionState } from '../store/inspection.ts';
import { useStore } from '../store/store.ts';
import styles from './ClassifyTab.module.css';

function useNamed({ id, inspection }: InspectionState): NamedInspection | null {
  const name = useStore((state) => (id === null ? undefined : state.rows[id]?.name));
  return useMemo(() => (inspection && name !== undefined ? { name, inspection } : null), [inspection, name]);
}

/** The pyramid panel of the chosen image, and of the pinned one; dimmed while a new answer is on its way. */
export function Pyramids({ selected, pinned }: { selected: InspectionState; pinned: InspectionState }) {
  const view = useStore((state) => state.pyramidView);
  const pyramid = useStore((state) => state.settings.pyramid);
  const selectedId = useStore((state) => state.selectedId);
  const pinnedId = useStore((state) => state.pinnedId);
  const changePyramidView = useStore((state) => state.changePyramidView);
  const changeSettings = useStore((state) => state.changeSettings);
  const pinImage = useStore((state) => state.pinImage);
  const image = useNamed(selected);
  const kept = useNamed(pinned);
  return (
    <div className={styles['pyramid']} aria-busy={selected.loading}>
      <PyramidPanel
        image={image}
        pinned={pinnedId === null ? null : kept}
        view={view}
        pyramid={pyramid}
        error={selected.error}
        onView={changePyramidView}
        onPyramid={(changes) => {
          // A bin's index and a level's position mean something else in another pyramid.
          if (changes.levels) changePyramidView({ bin: null, pointed: null, gridLevel: 0 });
          changeSettings({ pyramid: { ...pyramid, ...changes } });
        }}
        onPin={() => pinImage(selectedId)}
        onUnpin={() => pinImage(null)}
      />
    </div>
  );
}
