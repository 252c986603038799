import type { BackendInfo, LabelsState } from '../core/model.ts';
import type { CreateSlice } from './slice.ts';

export interface Notice {
  id: number;
  text: string;
}

export interface EngineSlice {
  /** The backend that runs; null until it has started. */
  backend: BackendInfo | null;
  /** Why no backend could start, in words; null when one runs or is starting. */
  backendError: string | null;
  labels: LabelsState;
  /** What the engine told without being asked, newest last; each can be dismissed. */
  notices: Notice[];
  setBackend: (backend: BackendInfo | null) => void;
  setBackendError: (message: string | null) => void;
  setLabels: (labels: LabelsState) => void;
  addNotice: (text: string) => void;
  dismissNotice: (id: number) => void;
}

const MAX_NOTICES = 3;

export const createEngineSlice: CreateSlice<EngineSlice> = (set) => ({
  backend: null,
  backendError: null,
  labels: { status: 'idle' },
  notices: [],
  setBackend: (backend) => set({ backend, backendError: null }),
  setBackendError: (backendError) => set({ backendError }),
  setLabels: (labels) => set({ labels }),
  addNotice: (text) =>
    set(({ notices }) => {
      const id = (notices.at(-1)?.id ?? 0) + 1;
      return { notices: [...notices.filter((notice) => notice.text !== text), { id, text }].slice(-MAX_NOTICES) };
    }),
  dismissNotice: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
});
