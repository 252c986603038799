import { type ComponentType, memo } from 'react';
import type { TabId } from '../../store/view.ts';
import { lazyAgain } from '../../ui/lazyAgain.tsx';
import { ClassifyTab } from '../classify/ClassifyTab.tsx';

export interface TabEntry {
  id: TabId;
  label: string;
  /** The rest of the label, said but not shown on a phone. */
  more?: string;
  Content: ComponentType;
}

/** The tabs that exist, in order. Classify is in the first load; later ones come with `lazyAgain(() => import(…))`. */
export const TABS: readonly TabEntry[] = [
  { id: 'classify', label: 'Classify', Content: memo(ClassifyTab) },
  { id: 'finetune', label: 'Fine-tune', Content: memo(lazyAgain(() => import('./FineTuneTab.tsx'))) },
  { id: 'find', label: 'Find', Content: memo(lazyAgain(() => import('./FindTab.tsx'))) },
  { id: 'batch', label: 'Batch', Content: memo(lazyAgain(() => import('./BatchTab.tsx'))) },
  { id: 'projects', label: 'Projects', Content: memo(lazyAgain(() => import('./ProjectsTab.tsx'))) },
  { id: 'how', label: 'How', more: 'it works', Content: memo(lazyAgain(() => import('./HowTab.tsx'))) },
];
