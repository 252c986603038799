import { useEffect } from 'react';
import type { PhotoRow } from '../../../core/project/model.ts';
import type { DrawnBox, Scene } from '../../../core/project/findModel.ts';
import { fileOf } from '../../../client/files.ts';
import { useStore } from '../../../store/store.ts';
import { acceptSuggestion } from '../suggest/suggestBoxes.ts';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { BoxEditor } from './BoxEditor.tsx';
import { onAnotherPhoto } from './logic/editBoxes.ts';
import { useProposals } from './useProposals.ts';

/** The class of boxes that are drawn before there is any. */
const FIRST_CLASS = 'thing';

function step(by: 1 | -1): void {
  const { findOrder, shownScene, showScene } = useStore.getState();
  const next = findOrder[findOrder.indexOf(shownScene ?? '') + by];
  if (next !== undefined) showScene(next);
}

/** Boxes go to the same place of the photo after, and the editor with them. */
function copyToNext(id: string, boxes: readonly DrawnBox[]): void {
  const { findOrder, photos, scenes, setBoxes, showScene } = useStore.getState();
  const next = findOrder[findOrder.indexOf(id) + 1] ?? '';
  const [from, to, scene] = [photos.get(id), photos.get(next), scenes.get(next)];
  if (!from || !to || !scene) return;
  // Not measured yet: as if it were of this one's size.
  const size = to.width > 0 ? to : from;
  const copies = boxes.map(({ classId, box }) => ({
    id: crypto.randomUUID(),
    classId,
    box: onAnotherPhoto(box, from, size),
  }));
  setBoxes(next, [...scene.boxes, ...copies]);
  showScene(next);
}

/** The editor on one photo of the project, with its proposals; every change is kept at once and can be undone. */
export function PhotoEditor({ photo, scene }: { photo: PhotoRow; scene: Scene }) {
  const { id } = photo;
  const classes = useStore((state) => state.findClasses);
  const activeClass = useStore((state) => state.findClass);
  const order = useStore((state) => state.findOrder);
  const canUndo = useStore((state) => state.findHistory.undo.length > 0);
  const canRedo = useStore((state) => state.findHistory.redo.length > 0);
  const locked = useStore((state) => state.keeping === 'following');
  const src = useObjectUrl(fileOf(id) ?? null);
  const place = order.indexOf(id);
  const proposals = useProposals(id, order[place + 1] ?? null);
  const suggestions = useStore((state) => state.suggestions.get(id));
  const store = useStore.getState;
  const selectBox = useStore((state) => state.selectBox);
  useEffect(() => () => selectBox(null), [selectBox]);
  return (
    <BoxEditor
      photoId={id}
      src={src}
      size={photo}
      name={photo.name}
      place={{ index: place, count: order.length }}
      boxes={scene.boxes}
      classes={classes}
      activeClass={activeClass}
      proposals={proposals}
      {...(suggestions && { suggestions })}
      complete={scene.complete}
      locked={locked}
      canUndo={canUndo && !locked}
      canRedo={canRedo && !locked}
      onChange={(boxes) => store().setBoxes(id, boxes)}
      onComplete={(complete) => store().setComplete(id, complete)}
      onActiveClass={(classId) => store().chooseFindClass(classId)}
      onSelect={selectBox}
      onNameClass={(classId, name) => store().renameFindClass(classId, name)}
      onNewClass={() => store().addFindClass(FIRST_CLASS) ?? ''}
      onStep={step}
      onUndo={() => store().undoFind()}
      onRedo={() => store().redoFind()}
      onAccept={(box) => acceptSuggestion(id, box)}
      onReject={(boxId) => store().dropSuggestion(id, boxId)}
      onCopyToNext={(boxes) => copyToNext(id, boxes)}
    />
  );
}
