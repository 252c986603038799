import { FolderOpen, ImagePlus } from 'lucide-react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { BatchProblem } from './BatchProblem.tsx';
import styles from './Panels.module.css';
import { AnswerChoice } from './SettingsPanel.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import { usePickPhotos } from './usePickPhotos.tsx';

/** The tab before there is a batch: one line, one action, and what it will be made with. */
export function EmptyBatch() {
  const listing = useStore((state) => state.batchListing);
  const { pickFolder, pickPhotos, inputs } = usePickPhotos();
  // Phones have no folders to drop or to choose.
  const touch = useMediaQuery('(pointer: coarse)');
  return (
    <EmptyTab
      line={touch ? 'Choose photos, thousands if you like' : 'Drop a folder of thousands of photos'}
      more="They stay on this device. Results are saved automatically: stop, close the page, go on later."
    >
      <Button look="primary" onClick={touch ? pickPhotos : pickFolder}>
        {touch ? <ImagePlus size={16} aria-hidden /> : <FolderOpen size={16} aria-hidden />}
        {touch ? 'Choose photos' : 'Choose a folder'}
      </Button>
      {inputs}
      <div className={styles['settings']}>
        <AnswerChoice />
      </div>
      <div className={styles['below']}>
        {listing && <p role="status">Reading the folder…</p>}
        <BatchProblem />
      </div>
    </EmptyTab>
  );
}
