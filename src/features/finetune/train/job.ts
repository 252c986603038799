import { AnysizeError, messageOf } from '../../../core/errors.ts';
import { nextName } from '../../../core/nextName.ts';
import type { BatchPoint, EpochPoint, Guess, Strategy, TrainingProgress } from '../../../core/training/model.ts';
import { chooseHead } from '../../../client/chooseHead.ts';
import { keepHead } from '../../../client/trainedHeads.ts';
import { useStore } from '../../../store/store.ts';
import type { Job, JobKind } from '../../../store/training.ts';
import { nextTask } from '../../../core/tasks/breather.ts';
import { Throttle } from '../../../core/tasks/Throttle.ts';
import { policyPixels } from '../../../core/size/sizing.ts';
import { engine } from '../../../client/engineClient.ts';
import { featuresOf } from '../../../core/training/features.ts';
import type { RunRow } from '../../../core/project/model.ts';
import { interrupted } from '../../../client/interrupted.ts';
import { makeRequest } from '../trainingRequest.ts';

export const COMPARED: readonly Strategy[] = ['warp', 'crop', 'spp', 'plain', 'auto'];
export const COMPARISON_SEEDS: readonly number[] = [1, 2, 3, 4, 5];

const TAKEN_OVER =
  'Another tab has taken this project over during the training, so that the run could not be kept. Train there, or take over here and train again: the photos need not be looked at again.';

/** "Run 1", "Run 2", …: one more than the highest that a head has, also those of earlier visits and from files. */
export function nextRunName(heads: readonly { name: string }[]): string {
  const numbers = heads.map(({ name }) => Number(/^Run (\d+)$/.exec(name)?.[1] ?? 0));
  return `Run ${1 + numbers.reduce((a, b) => Math.max(a, b), 0)}`;
}

function newJob(kind: JobKind): Job {
  return {
    kind,
    task: nextName('finetune'),
    example: false,
    status: 'running',
    phase: 'vectors',
    vectors: null,
    epoch: 0,
    epochs: 0,
    batches: [],
    epochPoints: [],
    stepsPerEpoch: null,
    solving: null,
    comparing: null,
  };
}

/** Collects what the engine tells of a job; the store hears of it at most ten times a second. */
class JobProgress {
  private changes: Partial<Job> = {};
  private batches: BatchPoint[] = [];
  private steps = 0;
  private epochsDone = 0;
  private stepsPerEpoch = Infinity;
  private epochPoints: EpochPoint[] = [];
  private guesses: Guess[][] = [];
  private readonly throttle = new Throttle(() => this.tell());

  constructor(private readonly task: string) {}

  take = (progress: TrainingProgress): void => {
    this.change({ phase: progress.phase });
    if (progress.phase === 'vectors') {
      const { done, total, cached, secondsLeft } = progress;
      this.change({ vectors: { done, total, cached, secondsLeft } });
      const { vectorOptions, setSecondsPerPixel } = useStore.getState();
      if (secondsLeft !== null && secondsLeft > 0 && done < total) {
        setSecondsPerPixel(secondsLeft / (total - done) / policyPixels(vectorOptions.policy));
      }
    } else if (progress.phase === 'training') {
      this.change({ epoch: progress.epoch, epochs: progress.epochs });
      this.batches.push(...progress.batches);
      this.steps += progress.batches.length;
      if (progress.epochPoint) {
        this.epochPoints.push(progress.epochPoint);
        this.epochsDone++;
        if (progress.guesses?.length) this.guesses.push(progress.guesses);
      }
      // Batches and epochs come in parcels that need not end together: the smallest quotient seen is the closest.
      if (progress.batches.length > 0 && this.epochsDone > 0) {
        this.stepsPerEpoch = Math.min(this.stepsPerEpoch, Math.floor(this.steps / this.epochsDone));
        this.change({ stepsPerEpoch: this.stepsPerEpoch });
      }
    } else if (progress.phase === 'solving') {
      this.change({ solving: { what: progress.what, fraction: progress.fraction } });
    }
  };

  change(changes: Partial<Job>): void {
    Object.assign(this.changes, changes);
    this.throttle.soon();
  }

  /** Drops what is left, but for the guesses, which are drawn after the end too: the job is over. */
  end(): void {
    this.tellGuesses();
    this.throttle.drop();
  }

  private tell(): void {
    const { job, changeJob } = useStore.getState();
    if (job?.task !== this.task) return;
    this.tellGuesses();
    changeJob({
      ...this.changes,
      ...(this.batches.length > 0 && { batches: [...job.batches, ...this.batches] }),
      ...(this.epochPoints.length > 0 && { epochPoints: [...job.epochPoints, ...this.epochPoints] }),
    });
    this.changes = {};
    this.batches = [];
    this.epochPoints = [];
  }

  private tellGuesses(): void {
    if (this.guesses.length === 0) return;
    const { guesses, setGuesses } = useStore.getState();
    setGuesses([...guesses, ...this.guesses]);
    this.guesses = [];
  }
}

/** Runs one piece of work as the page's job; an error stands in the store, a cancelled one says nothing. */
async function asJob(kind: JobKind, work: (task: string, progress: JobProgress) => Promise<void>): Promise<void> {
  const { job: running, setJob, setJobError } = useStore.getState();
  if (running) return;
  const job = newJob(kind);
  setJob(job);
  setJobError(null);
  const progress = new JobProgress(job.task);
  try {
    await work(job.task, progress);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'Cancelled')) setJobError({ kind, message: messageOf(error) });
  } finally {
    progress.end();
    setJob(null);
  }
}

/** Whether a job was ended before the engine knew of it, so that there was nothing to cancel there. */
function isGivenUp(task: string): boolean {
  const { job } = useStore.getState();
  return job?.task !== task || job.status === 'stopping';
}

/** Trains with the options as they are; the finished run opens and becomes the head that Classify uses. */
export function startTraining(): Promise<void> {
  const { setFineTuneView, setGuesses } = useStore.getState();
  setFineTuneView('train');
  setGuesses([]);
  interrupted.begin();
  return asJob('train', async (task, progress) => {
    const { request, basis } = await makeRequest(nextRunName(useStore.getState().heads));
    if (isGivenUp(task)) return;
    const { head, ...run } = await engine.train(task, request, progress.take);
    // Receiving thousands of answers has taken its time.
    await nextTask();
    if (useStore.getState().keeping === 'following') {
      engine.removeHead(run.id).catch(fail);
      throw new AnysizeError('TakenOver', TAKEN_OVER);
    }
    keepHead(head);
    const { addRun, compareRun } = useStore.getState();
    compareRun(null);
    addRun({ ...run, basis, threshold: 0, comparison: null });
    chooseHead({ id: run.id });
  }).finally(() => interrupted.over());
}

export function findLearningRate(): Promise<void> {
  return asJob('rate', async (task, progress) => {
    const { request } = await makeRequest('learning-rate search');
    if (isGivenUp(task)) return;
    useStore.getState().setRateCurve(await engine.findLearningRate(task, request, progress.take));
  });
}

/** "Is SPP worth it on my photos?": the comparison is kept with the run that is open. */
export function compareStrategies(runId: string): Promise<void> {
  return asJob('compare', async (task, progress) => {
    const { request } = await makeRequest('comparison');
    if (isGivenUp(task)) return;
    const comparison = await engine.compare(task, request, [...COMPARED], [...COMPARISON_SEEDS], (step) =>
      progress.change({
        comparing: { strategy: step.strategy, done: step.done, total: step.total, photos: step.photos },
        phase: step.phase,
      }),
    );
    useStore.getState().changeRun(runId, { comparison });
  });
}

/** The built-in example's point: its photos learned without the pyramid and with it, on the very split of the run. */
export function showExamplePoint(run: RunRow): Promise<void> {
  return asJob('compare', async (task) => {
    useStore.getState().changeJob({ example: true });
    const { request } = await makeRequest('example');
    if (isGivenUp(task)) return;
    const withPyramid = featuresOf(run.vectors) === 'paper' ? 'spp' : 'auto';
    const comparison = await engine.compare(task, request, ['mean', withPyramid], [run.split.seed]);
    useStore.getState().changeRun(run.id, { comparison });
  });
}

/** Judges the head's recipe on several other splits of the photos; the number is kept with the run. */
export function repeatAccuracy(runId: string): Promise<void> {
  return asJob('repeat', async (task, progress) => {
    const { request } = await makeRequest('other splits');
    if (isGivenUp(task)) return;
    const repeated = await engine.repeatAccuracy(task, request, progress.take);
    useStore.getState().changeRun(runId, { repeated });
  });
}

function fail(error: unknown): void {
  const { job, setJobError } = useStore.getState();
  setJobError({ kind: job?.kind ?? 'train', message: messageOf(error) });
}

export function controlJob(action: 'pause' | 'resume' | 'stop'): void {
  const { job, changeJob } = useStore.getState();
  if (!job) return;
  changeJob({ status: action === 'pause' ? 'paused' : action === 'resume' ? 'running' : 'stopping' });
  engine.control(job.task, action).catch(fail);
}

/** Ends the job and throws away what it has learned; vectors that are computed are kept. */
export function discardJob(): void {
  const { job, changeJob } = useStore.getState();
  if (!job) return;
  changeJob({ status: 'stopping' });
  engine.cancel(job.task).catch(fail);
}
