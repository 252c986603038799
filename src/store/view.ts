import type { CreateSlice } from './slice.ts';

export type TabId = 'classify' | 'finetune' | 'find' | 'batch' | 'projects' | 'how';

/** What colours a bin: the L2 norm of its values, one channel's value, or its evidence for a class. */
export type Measure = 'strength' | 'channel' | 'evidence';

/** What the pointer or the keyboard focus is on, in the panel or over the image; comes and goes. */
export interface Pointed {
  bin: number | null;
  channel: number | null;
  /** Flat cell of the feature map, where evidence is per cell. */
  cell: number | null;
}

/** When the grid lies over the photo: never, while something is pointed at or kept, always. */
export type GridShown = 'off' | 'hover' | 'on';

/** What is looked at in the pyramid panel and, with it, over the image. */
export interface PyramidView {
  /** The chosen bin (index in flatten order), shared by panel, overlay and strip; null for none. */
  bin: number | null;
  measure: Measure;
  channel: number;
  /** Class whose evidence is shown; null for the best one. */
  classIndex: number | null;
  /** Level (by position in the pyramid) whose grid lies over the image; null hides the grid. */
  gridLevel: number | null;
  grid: GridShown;
  /** Null when nothing is pointed at; otherwise it is shown instead of the chosen bin. */
  pointed: Pointed | null;
}

/** As {@link PyramidView}; no channel before one was chosen. */
export type KeptView = Omit<PyramidView, 'channel'> & { channel: number | null };

export interface ViewSlice {
  tab: TabId;
  /** Whether Classify looks through the camera. */
  cameraOpen: boolean;
  pyramidView: KeptView;
  setTab: (tab: TabId) => void;
  openCamera: (cameraOpen: boolean) => void;
  changePyramidView: (changes: Partial<PyramidView>) => void;
}

export const createViewSlice: CreateSlice<ViewSlice> = (set) => ({
  tab: 'classify',
  cameraOpen: false,
  pyramidView: {
    bin: null,
    measure: 'strength',
    channel: null,
    classIndex: null,
    gridLevel: 0,
    grid: 'hover',
    pointed: null,
  },
  setTab: (tab) => set({ tab }),
  openCamera: (cameraOpen) => set({ cameraOpen }),
  changePyramidView: (changes) => set(({ pyramidView }) => ({ pyramidView: { ...pyramidView, ...changes } })),
});
