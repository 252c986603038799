import { type ReactNode, useMemo } from 'react';
import { type NamedInspection, PyramidPanel } from '../../features/pyramid/PyramidPanel.tsx';
import type { InspectionState } from '../../client/inspection.ts';
import { headName } from '../../store/heads.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/notes/Note.tsx';
import styles from './ClassifyTab.module.css';

function useNamed({ id, inspection }: InspectionState): NamedInspection | null {
  const name = useStore((state) => (id === null ? undefined : state.rows[id]?.name));
  return useMemo(() => (inspection && name !== undefined ? { name, inspection } : null), [inspection, name]);
}

interface PyramidsProps {
  selected: InspectionState;
  pinned: InspectionState;
  /** Class whose evidence is shown; null for the best. */
  classIndex: number | null;
  /** What else stands under Details. */
  more: ReactNode;
}

/** The pyramid panel of the chosen image, and of the pinned one; dimmed while a new answer is on its way. */
export function Pyramids({ selected, pinned, classIndex, more }: PyramidsProps) {
  const view = useStore((state) => state.pyramidView);
  const pyramid = useStore((state) => state.settings.pyramid);
  const selectedId = useStore((state) => state.selectedId);
  const pinnedId = useStore((state) => state.pinnedId);
  const changePyramidView = useStore((state) => state.changePyramidView);
  const changeSettings = useStore((state) => state.changeSettings);
  const heads = useStore((state) => state.heads);
  const pinImage = useStore((state) => state.pinImage);
  const shown = useMemo(() => ({ ...view, channel: view.channel ?? 0, classIndex }), [view, classIndex]);
  const stopped = selected.error?.name === 'Cancelled';
  const image = useNamed(selected);
  const kept = useNamed(pinned);
  return (
    <div className={styles['pyramid']} aria-busy={selected.loading}>
      {stopped && (
        <Note actions={<Button onClick={selected.again}>Compute its pyramid</Button>}>
          Stopped. The classes above stand; its pyramid was not computed.
        </Note>
      )}
      <PyramidPanel
        image={stopped ? null : image}
        pinned={pinnedId === null ? null : kept}
        headName={(selected.inspection && headName(selected.inspection, heads)) ?? ''}
        view={shown}
        channelChosen={view.channel !== null}
        pyramid={pyramid}
        error={stopped ? null : selected.error}
        onView={changePyramidView}
        onPyramid={(changes) => {
          // A bin's index and a level's position mean something else in another pyramid.
          if (changes.levels) changePyramidView({ bin: null, pointed: null, gridLevel: 0 });
          changeSettings({ pyramid: { ...pyramid, ...changes } });
        }}
        onSize={(policy) => changeSettings({ policy })}
        more={more}
        onPin={() => pinImage(selectedId)}
        onUnpin={() => pinImage(null)}
      />
    </div>
  );
}
