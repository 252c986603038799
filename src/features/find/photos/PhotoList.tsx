import { Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useAppState } from '../../../store/store.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { plural, visibleName } from '../../../ui/format.ts';
import { type GridPhoto, PhotoGrid } from '../../../ui/grid/PhotoGrid.tsx';
import styles from './photos.module.css';
import { sceneMark, sceneWords } from './sceneWords.ts';

const NONE: ReadonlySet<string> = new Set();

/** How many things the shown finder found in each photo that it was measured on, from its threshold on. */
function useFound(): ReadonlyMap<string, number> {
  const { finderRuns, shownFinder } = useAppState('finderRuns', 'shownFinder');
  return useMemo(() => {
    const run = finderRuns.find(({ id }) => id === shownFinder);
    const from = run?.finder.classes.map(({ threshold }) => threshold) ?? [];
    return new Map(
      run?.results.map(({ id, finds }) => [
        id,
        finds.filter(({ score, classIndex }) => score >= (from[classIndex] ?? 0)).length,
      ]),
    );
  }, [finderRuns, shownFinder]);
}

/** The photos of Find with what is known of each: to choose one, and to take some away. */
export function PhotoList() {
  const { findOrder, scenes, photos, shownScene } = useAppState('findOrder', 'scenes', 'photos', 'shownScene');
  const { showScene, setFindView, removeScenes } = useAppState('showScene', 'setFindView', 'removeScenes');
  const found = useFound();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  // The photo may be changed elsewhere: by the editor's keys, by undo.
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what was selected goes with the photo that it was selected around
    setChosen((before) => (shownScene !== null && before.has(shownScene) ? before : NONE));
  }, [shownScene]);
  const selected = useMemo(() => {
    const there = [...chosen].filter((id) => scenes.has(id));
    return new Set(there.length > 0 ? there : shownScene === null ? [] : [shownScene]);
  }, [chosen, scenes, shownScene]);

  const photoOf = (id: string): GridPhoto => {
    const photo = photos.get(id);
    const scene = scenes.get(id) ?? { boxes: [], complete: false };
    const finds = found.get(id) ?? null;
    const instead =
      photo?.status === 'failed' ? 'cannot be read' : photo?.status === 'waiting' ? 'not read yet' : undefined;
    return {
      url: photo?.thumbnailUrl ?? null,
      label: [visibleName(photo?.name ?? ''), sceneWords(scene, finds), instead].filter(Boolean).join(', '),
      ...(instead && { instead }),
      mark: sceneMark(scene, finds),
      caption: <FileName name={photo?.name ?? ''} />,
    };
  };
  const complete = [...scenes.values()].filter((scene) => scene.complete).length;
  const remove = () => removeScenes([...selected]);
  return (
    <>
      <div className={styles['bar']}>
        <h2 className={styles['title']}>
          {plural(findOrder.length, 'photo')}
          <span>{complete > 0 && `, ${complete} complete`}</span>
        </h2>
        {selected.size > 0 && (
          <EditOnly>
            <Button
              look="quiet"
              icon={Trash2}
              aria-label={selected.size === 1 ? 'Remove the photo' : `Remove ${plural(selected.size, 'photo')}`}
              title={selected.size === 1 ? 'Remove the photo (Del)' : `Remove ${plural(selected.size, 'photo')} (Del)`}
              onClick={remove}
            />
          </EditOnly>
        )}
      </div>
      <div className={styles['grid']}>
        <PhotoGrid
          label="Photos to find things in"
          ids={findOrder}
          photoOf={photoOf}
          tileWidth={112}
          tileHeight={112}
          selected={selected}
          onSelect={(ids) => {
            setChosen(ids);
            const [only] = ids;
            if (ids.size === 1 && only !== undefined) showScene(only);
          }}
          onOpen={(id) => {
            showScene(id);
            setFindView('boxes');
          }}
          onKey={(event) => {
            if (event.key !== 'Delete') return;
            remove();
            event.preventDefault();
          }}
        />
      </div>
    </>
  );
}
