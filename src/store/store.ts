import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type BatchSlice, createBatchSlice } from './batch.ts';
import { createEngineSlice, type EngineSlice } from './engine.ts';
import { createFindingSlice, type FindingSlice } from './finding.ts';
import { createFindSlice, type FindSlice } from './find.ts';
import { createImagesSlice, type ImagesSlice } from './images.ts';
import { createPhotosSlice, type PhotosSlice } from './photos.ts';
import { createProjectsSlice, type ProjectsSlice } from './projects.ts';
import { createSettingsSlice, type SettingsSlice } from './settings.ts';
import { createTrainingSlice, type TrainingSlice } from './training.ts';
import { createViewSlice, type ViewSlice } from './view.ts';

/** Plain data only: no tensor, bitmap or pixel. */
export type AppState = SettingsSlice &
  ImagesSlice &
  EngineSlice &
  ViewSlice &
  PhotosSlice &
  TrainingSlice &
  FindSlice &
  FindingSlice &
  ProjectsSlice &
  BatchSlice;

/** The page's one store, made of slices; read with selectors: `useStore((state) => state.settings.policy)`. */
export const useStore = create<AppState>()((set, get) => ({
  ...createSettingsSlice(set, get),
  ...createImagesSlice(set, get),
  ...createEngineSlice(set, get),
  ...createViewSlice(set, get),
  ...createPhotosSlice(set, get),
  ...createTrainingSlice(set, get),
  ...createFindSlice(set, get),
  ...createFindingSlice(set, get),
  ...createBatchSlice(set, get),
  ...createProjectsSlice(set, get),
}));

/** Several fields of the store at once; renders again when one of them is another. */
export function useAppState<K extends keyof AppState>(...keys: K[]): Pick<AppState, K> {
  return useStore(useShallow((state) => Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<AppState, K>));
}
