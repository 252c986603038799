import { Batch } from '../../features/batch/Batch.tsx';
import type { LabelTarget } from '../../features/batch/panels/LabelPanel.tsx';
import { addClass } from '../../features/finetune/adding/addClass.ts';
import { addToClass } from '../../features/finetune/adding/addFiles.ts';
import { useStore } from '../../store/store.ts';
import { openInClassify } from '../classify/openInClassify.ts';

/** Photos of a batch become photos of a class, old or new. */
function addPhotos(files: readonly File[], target: LabelTarget): void {
  const { classes } = useStore.getState().dataset;
  const classId =
    'classId' in target
      ? target.classId
      : (classes.find(({ name }) => name === target.name)?.id ?? addClass(target.name));
  void addToClass(files, classId);
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
