import { Batch } from '../features/batch/Batch.tsx';
import type { LabelTarget } from '../features/batch/panels/LabelPanel.tsx';
import { addToClass, newClass } from '../features/finetune/adding/addFiles.ts';
import { addToDataset } from '../store/dataset.ts';
import { useStore } from '../store/store.ts';
import { openInClassify } from './openInClassify.ts';

/** Photos of a batch become photos of a class, old or new. */
function addPhotos(files: readonly File[], target: LabelTarget): void {
  const { dataset, edit } = useStore.getState();
  const { classes } = dataset;
  const known = 'classId' in target ? target.classId : classes.find(({ name }) => name === target.name)?.id;
  if (known !== undefined) return void addToClass(files, known);
  const added = newClass('name' in target ? target.name : '', classes.length);
  edit((before) => addToDataset(before, [added], new Map()));
  void addToClass(files, added.id);
}

/** Classify thousands of photos, one folder at a time. */
export default function BatchTab() {
  return (
    <Batch
      onOpenInClassify={openInClassify}
      onAddToClass={addPhotos}
      onShowFineTune={() => useStore.getState().setTab('finetune')}
    />
  );
}
