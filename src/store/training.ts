import type { RunRow } from '../core/project/model.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../core/training/defaults.ts';
import type {
  BatchPoint,
  EpochPoint,
  Guess,
  LearningRateCurve,
  SplitOptions,
  Strategy,
  TrainingOptions,
  TrainingProgress,
  VectorOptions,
} from '../core/training/model.ts';
import type { SettingsSlice } from './settings.ts';
import type { CreateSlice } from './slice.ts';

export type JobKind = 'train' | 'rate' | 'compare' | 'repeat';

/** The work that the engine does now. */
export interface Job {
  kind: JobKind;
  task: string;
  /** Whether it shows the point of the built-in example. */
  example: boolean;
  status: 'running' | 'paused' | 'stopping';
  phase: TrainingProgress['phase'];
  /** How far the vectors are; null before the first report. */
  vectors: { done: number; total: number; cached: number; secondsLeft: number | null } | null;
  epoch: number;
  epochs: number;
  batches: readonly BatchPoint[];
  epochPoints: readonly EpochPoint[];
  /** Optimiser steps of an epoch; null while none is over. */
  stepsPerEpoch: number | null;
  solving: { what: string; fraction: number } | null;
  /** `done` of `total` trainings; `photos` while photos become vectors. */
  comparing: {
    strategy: Strategy;
    done: number;
    total: number;
    photos: { done: number; total: number } | null;
  } | null;
}

/** An error of the work, at the place that it concerns. */
export interface JobError {
  kind: JobKind;
  message: string;
}

export type FineTuneView = 'photos' | 'train' | 'results';

export interface TrainingSlice {
  splitOptions: SplitOptions;
  vectorOptions: VectorOptions;
  trainingOptions: TrainingOptions;
  fineTuneView: FineTuneView;
  job: Job | null;
  jobError: JobError | null;
  rateCurve: LearningRateCurve | null;
  /** What the training that goes on, or the last one, took some photos for, epoch by epoch; empty without. */
  guesses: readonly (readonly Guess[])[];
  /** How far the vectors are that a training would need; null where that is not known. */
  early: { done: number; total: number; secondsLeft: number | null } | null;
  /** Seconds that one photo's feature map took of late, per pixel of its input; null before any was computed. */
  secondsPerPixel: number | null;
  /** Newest first. */
  runs: readonly RunRow[];
  openRunId: string | null;
  /** The run beside the open one; null when none is compared. */
  comparedRunId: string | null;
  changeSplit: (changes: Partial<SplitOptions>) => void;
  changeVectors: (changes: Partial<VectorOptions>) => void;
  changeTraining: (changes: Partial<TrainingOptions>) => void;
  setFineTuneView: (view: FineTuneView) => void;
  setJob: (job: Job | null) => void;
  changeJob: (changes: Partial<Job>) => void;
  setJobError: (error: JobError | null) => void;
  setRateCurve: (curve: LearningRateCurve | null) => void;
  setGuesses: (guesses: readonly (readonly Guess[])[]) => void;
  setEarly: (early: TrainingSlice['early']) => void;
  setSecondsPerPixel: (seconds: number) => void;
  /** Puts a finished run first and opens it. */
  addRun: (run: RunRow) => void;
  changeRun: (
    id: string,
    changes: Partial<Pick<RunRow, 'name' | 'threshold' | 'comparison' | 'repeated' | 'classes' | 'basis'>>,
  ) => void;
  removeRun: (id: string) => void;
  /** Undoes the removal of a run: it stands in its place again, and is open. */
  putBackRun: (run: RunRow, place: number) => void;
  openRun: (id: string | null) => void;
  compareRun: (id: string | null) => void;
}

export const createTrainingSlice: CreateSlice<TrainingSlice, TrainingSlice & Pick<SettingsSlice, 'heads'>> = (
  set,
  get,
) => {
  /** The heads that Classify can choose are the runs, and those that came from a file. */
  const setRuns = (runs: readonly RunRow[]) => {
    const before = new Set(get().runs.map(({ id }) => id));
    const fromFiles = get().heads.filter(({ id }) => !before.has(id));
    // At once: a head without its run would pass for one that came from a file.
    set({
      runs,
      heads: [...runs.map(({ id, name, classes, threshold }) => ({ id, name, classes, threshold })), ...fromFiles],
    });
  };
  return {
    splitOptions: DEFAULT_SPLIT,
    vectorOptions: DEFAULT_VECTORS,
    trainingOptions: DEFAULT_TRAINING,
    fineTuneView: 'photos',
    job: null,
    jobError: null,
    rateCurve: null,
    guesses: [],
    early: null,
    secondsPerPixel: null,
    runs: [],
    openRunId: null,
    comparedRunId: null,
    changeSplit: (changes) => set(({ splitOptions }) => ({ splitOptions: { ...splitOptions, ...changes } })),
    changeVectors: (changes) => set(({ vectorOptions }) => ({ vectorOptions: { ...vectorOptions, ...changes } })),
    changeTraining: (changes) =>
      set(({ trainingOptions }) => ({ trainingOptions: { ...trainingOptions, ...changes } })),
    setFineTuneView: (fineTuneView) => set({ fineTuneView }),
    setJob: (job) => set({ job }),
    changeJob: (changes) => set(({ job }) => (job ? { job: { ...job, ...changes } } : {})),
    setJobError: (jobError) => set({ jobError }),
    setRateCurve: (rateCurve) => set({ rateCurve }),
    setGuesses: (guesses) => set({ guesses }),
    setEarly: (early) => set({ early }),
    setSecondsPerPixel: (secondsPerPixel) => set({ secondsPerPixel }),
    addRun: (run) => {
      setRuns([run, ...get().runs]);
      set({ openRunId: run.id });
    },
    changeRun: (id, changes) => setRuns(get().runs.map((run) => (run.id === id ? { ...run, ...changes } : run))),
    removeRun: (id) => {
      const { openRunId, comparedRunId, runs } = get();
      const left = runs.filter((run) => run.id !== id);
      setRuns(left);
      set({
        openRunId: openRunId === id ? (left[0]?.id ?? null) : openRunId,
        comparedRunId: comparedRunId === id ? null : comparedRunId,
      });
    },
    putBackRun: (run, place) => {
      setRuns(get().runs.toSpliced(place, 0, run));
      set({ openRunId: run.id });
    },
    openRun: (openRunId) =>
      set(({ comparedRunId }) => ({ openRunId, comparedRunId: comparedRunId === openRunId ? null : comparedRunId })),
    compareRun: (comparedRunId) => set({ comparedRunId }),
  };
};
