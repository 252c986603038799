import { memo, useRef, useState } from 'react';
import type { Side } from '../../../core/training/model.ts';
import { markMembers, moveMembers, removeMembers } from '../../../store/dataset.ts';
import { fileOf } from '../../../client/files.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { dimensions, plural, visibleName } from '../../../ui/format.ts';
import { type GridPhoto, PhotoGrid } from '../../../ui/grid/PhotoGrid.tsx';
import { PHOTOS_TYPE } from '../classes/dragging.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { PhotoDialog } from './PhotoDialog.tsx';
import styles from './photos.module.css';
import { useTrainingSet } from '../trainingSet.ts';

const SIDE_NAMES: Readonly<Record<Side, string>> = { train: 'train', val: 'validation', test: 'test' };

/** The photos of a class, or of all: to look through, select, move, mark and remove. */
export const PhotosView = memo(function PhotosView({ onOpenInClassify }: { onOpenInClassify: (file: File) => void }) {
  const { dataset, photos, edit } = useAppState('dataset', 'photos', 'edit');
  const { openClassId, selectedPhotos, selectPhotos } = useAppState('openClassId', 'selectedPhotos', 'selectPhotos');
  const set = useTrainingSet();
  const moveTo = useRef<HTMLSelectElement>(null);
  const [openPhoto, setOpenPhoto] = useState<string | null>(null);

  const openRow = dataset.classes.find(({ id }) => id === openClassId);
  const ids = openClassId === null ? set.ids : (set.perClass.get(openClassId)?.ids ?? []);
  const names = new Map(dataset.classes.map(({ id, name }) => [id, name]));

  const photoOf = (id: string): GridPhoto => {
    const photo = photos.get(id);
    const member = dataset.members.get(id);
    const className = names.get(member?.classId ?? '') ?? '';
    const mark = set.duplicates.copies.has(id)
      ? 'copy'
      : set.duplicates.disputed.has(id)
        ? 'conflict'
        : member?.holdout
          ? SIDE_NAMES[member.holdout]
          : photo?.missingEnd !== undefined
            ? 'cut off'
            : null;
    const instead =
      photo?.status === 'failed' ? 'cannot be read' : photo?.status === 'waiting' ? 'not read yet' : undefined;
    const size = photo?.status === 'ready' ? dimensions(photo) : (instead ?? '');
    return {
      url: photo?.thumbnailUrl ?? null,
      label: [visibleName(photo?.name ?? ''), visibleName(className), size, mark].filter(Boolean).join(', '),
      ...(instead && { instead }),
      mark,
      caption: <FileName name={photo?.name ?? ''} />,
    };
  };

  /** What is done to a photo is done to the selection, if the photo is in it. */
  const targets = (id: string) => (selectedPhotos.has(id) ? [...selectedPhotos] : [id]);
  const move = (which: readonly string[], classId: string) => edit((set) => moveMembers(set, which, classId));

  return (
    <>
      <div className={styles['bar']}>
        <h2 className={styles['title']}>
          {openRow ? <FileName name={openRow.name} /> : 'All photos'}
          <span>{`  ${plural(ids.length, 'photo')}${selectedPhotos.size > 0 ? `, ${selectedPhotos.size} selected` : ''}`}</span>
        </h2>
        {selectedPhotos.size > 0 && (
          <EditOnly>
            <select
              ref={moveTo}
              aria-label="Move the selected photos to"
              value=""
              onChange={(event) => move([...selectedPhotos], event.target.value)}
            >
              <option value="" disabled>
                Move to…
              </option>
              {dataset.classes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {visibleName(name)}
                </option>
              ))}
            </select>
            <select
              aria-label="Use the selected photos for"
              value=""
              onChange={(event) => {
                const side = event.target.value === 'auto' ? null : (event.target.value as Side);
                edit((set) => markMembers(set, [...selectedPhotos], side));
              }}
            >
              <option value="" disabled>
                Use for…
              </option>
              <option value="auto">as the split says</option>
              <option value="train">training</option>
              <option value="val">validation</option>
              <option value="test">test only</option>
            </select>
            <Button onClick={() => edit((set) => removeMembers(set, [...selectedPhotos]))}>Remove</Button>
          </EditOnly>
        )}
      </div>
      {ids.length === 0 ? (
        <p className={styles['none']}>
          {openRow
            ? 'No photos yet: drop some onto the class.'
            : 'No photos yet: drop folders of photos, each folder is a class.'}
        </p>
      ) : (
        <>
          <div className={styles['grid']}>
            <PhotoGrid
              key={openClassId ?? 'all'}
              label={openRow ? `Photos of ${visibleName(openRow.name)}` : 'All photos'}
              ids={ids}
              photoOf={photoOf}
              selected={selectedPhotos}
              onSelect={selectPhotos}
              onOpen={setOpenPhoto}
              onDragStart={(event, id) => {
                event.dataTransfer.setData(PHOTOS_TYPE, targets(id).join(' '));
                event.dataTransfer.effectAllowed = 'move';
              }}
              onKey={(event, id) => {
                const number = Number(event.key);
                const classId = dataset.classes[number - 1]?.id;
                if (event.ctrlKey || event.metaKey || event.altKey) return;
                if (number >= 1 && classId !== undefined) move(targets(id), classId);
                else if (event.key === 'Delete') edit((set) => removeMembers(set, targets(id)));
                else if (event.key === 'm') moveTo.current?.focus();
                else return;
                event.preventDefault();
              }}
            />
          </div>
          <p className={styles['keys']}>
            Drag photos onto a class, or press its number (1–9). Enter opens, Del removes, Ctrl+Z brings back.
          </p>
        </>
      )}
      {openPhoto !== null && (
        <PhotoDialog
          ids={ids}
          id={openPhoto}
          run={null}
          onMove={setOpenPhoto}
          onClose={() => setOpenPhoto(null)}
          onOpenInClassify={() => {
            const file = fileOf(openPhoto);
            if (file) onOpenInClassify(file);
          }}
        />
      )}
    </>
  );
});
