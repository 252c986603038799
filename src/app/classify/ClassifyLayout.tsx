import { useMemo, useState } from 'react';
import { answerWords } from '../../core/labels/plainAnswer.ts';
import type { Inspection } from '../../core/model.ts';
import { AddBar } from '../../features/classify/list/AddBar.tsx';
import { Classes } from '../../features/classify/stage/Classes.tsx';
import { ImageList } from '../../features/classify/list/ImageList.tsx';
import { ListStatus } from '../../features/classify/list/ListStatus.tsx';
import { Numbers } from '../../features/classify/stage/Numbers.tsx';
import { MoreSettings } from '../../features/classify/settings/MoreSettings.tsx';
import { PolicyNote } from '../../features/classify/settings/PolicyNote.tsx';
import { SettingsBar } from '../../features/classify/settings/SettingsBar.tsx';
import { Stage } from '../../features/classify/stage/Stage.tsx';
import { cellScale } from '../../features/pyramid/overlay/CellTint.tsx';
import { PoliciesButton } from '../../features/scales/policies/PoliciesButton.tsx';
import { ScalesPanel } from '../../features/scales/ScalesPanel.tsx';
import { isLarge } from '../../core/size/policyNote.ts';
import { useChannelMap, useShownChannel } from '../../client/channelMap.ts';
import { shownClass, useInspection } from '../../client/inspection.ts';
import { useStore } from '../../store/store.ts';
import { visibleName } from '../../ui/format.ts';
import { useMediaQuery } from '../../ui/hooks/useMediaQuery.ts';
import styles from './ClassifyTab.module.css';
import { ImageBins, ImageKey } from './ImageBins.tsx';
import { PinnedPhoto } from './PinnedPhoto.tsx';
import { Pyramids } from './Pyramids.tsx';

function openStage(): void {
  document.getElementById('stage')?.focus();
}

/** What I have, what I look at, what it says. */
export function ClassifyLayout() {
  const wide = useMediaQuery('(width >= 1000px)');
  /** A phone on its side: the photo stays at the left, all else scrolls beside it. */
  const beside = useMediaQuery('(640px <= width < 1000px) and (height < 560px)');
  const selectedId = useStore((state) => state.selectedId);
  const pinnedId = useStore((state) => state.pinnedId);
  const row = useStore((state) => (state.selectedId === null ? undefined : state.rows[state.selectedId]));
  const measure = useStore((state) => state.pyramidView.measure);
  const chosenByHand = useStore((state) => state.pyramidView.classIndex);
  // Where classes are averaged over sizes, the best is theirs, not that of the size that is looked at.
  const averagedBest = measure === 'evidence' && row?.analysis?.scales ? row.analysis.top[0]?.index : undefined;
  const chosenClass = chosenByHand ?? averagedBest ?? null;
  const selected = useInspection(selectedId, chosenClass);
  // The pinned image is asked for the same class, also where it is not among its best.
  const classIndex = shownClass(measure, chosenClass, selected.inspection);
  const pinned = useInspection(pinnedId, classIndex);
  const channel = useShownChannel();
  const cells = useChannelMap(selected.id, selected.inspection, channel);
  const pinnedCells = useChannelMap(pinned.id, pinned.inspection, pinnedId === null ? null : channel);
  // Both images on one scale.
  const tintScale = useMemo(() => cellScale([cells, pinnedCells].filter((map) => map !== null)), [cells, pinnedCells]);
  const policy = useStore((state) => state.settings.policy);
  const [inSight, setInSight] = useState(true);
  const answer = row && <Classes row={row} loading={selected.loading} />;
  const looked = selected.id === selectedId && !selected.error ? selected.inspection : null;
  const drawn = (id: string, inspection: Inspection) => {
    const here = id === selectedId ? cells : pinnedCells;
    return {
      name: useStore.getState().rows[id]?.name ?? '',
      inspection,
      classIndex,
      tint: channel !== null && here ? { channel, cells: here, scale: tintScale } : null,
    };
  };
  return (
    <div className={styles['zones']}>
      <section className={styles['have']} aria-label="Photos">
        <div className={styles['add']}>
          <AddBar />
        </div>
        <ListStatus />
        <ImageList strip={!wide} onOpen={openStage} />
      </section>
      <div className={styles['look']}>
        <SettingsBar folded={!wide} />
        <Stage
          selected={selected}
          pinned={pinnedId === null ? null : pinned}
          renderOverlay={(id, inspection) => (
            <ImageBins
              {...drawn(id, inspection)}
              other={(id === selectedId ? (pinnedId === null ? null : pinned) : selected)?.inspection ?? null}
            />
          )}
          renderKey={(id, inspection) => <ImageKey {...drawn(id, inspection)} />}
          answer={!wide && !beside && answer}
          {...(wide ? {} : { onSight: setInSight })}
          actions={
            selectedId !== null && (
              <PoliciesButton id={selectedId} inspection={selected.id === selectedId ? selected.inspection : null} />
            )
          }
        />
      </div>
      <div className={styles['says']}>
        {(wide || beside) && answer}
        {!wide && !beside && !inSight && selectedId !== null && looked && row?.analysis && (
          <PinnedPhoto inspection={looked} overlay={<ImageBins {...drawn(selectedId, looked)} other={null} />}>
            {visibleName(row.analysis.said ? answerWords(row.analysis.said) : (row.analysis.top[0]?.label ?? row.name))}
          </PinnedPhoto>
        )}
        {row && row.status !== 'failed' && (
          <Pyramids
            selected={selected}
            pinned={pinned}
            classIndex={chosenClass}
            more={
              <>
                {!isLarge(policy) && <PolicyNote />}
                <MoreSettings />
                {row.status === 'done' && row.facts && <ScalesPanel key={row.id} id={row.id} facts={row.facts} />}
                {row.analysis && <Numbers analysis={row.analysis} pooled={!selected.error} />}
              </>
            }
          />
        )}
      </div>
    </div>
  );
}
