import { type ComponentType, lazy } from 'react';
import type { TabId } from '../store/view.ts';
import { ClassifyTab } from './ClassifyTab.tsx';

export interface TabEntry {
  id: TabId;
  label: string;
  Content: ComponentType;
}

/** The tabs that exist, in order. Classify is in the first load; later ones come with `lazy(() => import(…))`. */
export const TABS: readonly TabEntry[] = [
  { id: 'classify', label: 'Classify', Content: ClassifyTab },
  { id: 'finetune', label: 'Fine-tune', Content: lazy(() => import('./FineTuneTab.tsx')) },
  { id: 'batch', label: 'Batch', Content: lazy(() => import('./BatchTab.tsx')) },
  { id: 'projects', label: 'Projects', Content: lazy(() => import('../features/projects/ProjectsTab.tsx')) },
];
