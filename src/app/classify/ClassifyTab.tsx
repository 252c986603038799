import { Suspense, useEffect } from 'react';
import { messageOf } from '../../core/errors.ts';
import { EmptyState } from '../../features/classify/stage/EmptyState.tsx';
import { queue } from '../../features/classify/list/queue.ts';
import { takeFiles, useFolderOffer } from '../../features/classify/list/takeFiles.ts';
import { Idea } from '../../features/pyramid/idea/Idea.tsx';
import { useStore } from '../../store/store.ts';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { lazyAgain } from '../../ui/lazyAgain.tsx';
import { useFileDrop } from '../../ui/files/useFileDrop.ts';

// Not needed for the first paint, and fetched right after it.
const loadLayout = () => import('./ClassifyLayout.tsx').then(({ ClassifyLayout }) => ({ default: ClassifyLayout }));
const ClassifyLayout = lazyAgain(loadLayout);
const FolderOffer = lazyAgain(() => import('./FolderOffer.tsx'));

/** Drop images of any size, see their classes and their pyramids. */
export function ClassifyTab() {
  const empty = useStore((state) => state.order.length === 0);
  const addNotice = useStore((state) => state.addNotice);
  const setTab = useStore((state) => state.setTab);
  const offered = useFolderOffer((state) => state.files);
  const over = useFileDrop(takeFiles, (error) => addNotice(messageOf(error)));
  useEffect(() => {
    // A failed fetch is tried again, and told, when the zones are needed.
    loadLayout().catch(() => {});
  }, []);
  return (
    <>
      {offered && !empty && (
        <Suspense>
          <FolderOffer files={offered} onDone={() => useFolderOffer.setState({ files: null })} />
        </Suspense>
      )}
      {empty ? (
        <EmptyState
          idea={<Idea onOpen={(file) => queue.add([{ file, path: file.name }])} onHow={() => setTab('how')} />}
        />
      ) : (
        <Suspense>
          <ClassifyLayout />
        </Suspense>
      )}
      {over && <DropHint text="Drop to classify" />}
    </>
  );
}
