import { finderLearned, forgetFinder } from '../../../client/find/finders.ts';
import { engine } from '../../../client/engineClient.ts';
import { interruptedFinder } from '../../../client/interrupted.ts';
import { AnysizeError, messageOf } from '../../../core/errors.ts';
import type { FinderProgress, FinderRun } from '../../../core/find/model.ts';
import { nextName } from '../../../core/nextName.ts';
import { Throttle } from '../../../core/tasks/Throttle.ts';
import type { FindJob } from '../../../store/find.ts';
import { useStore } from '../../../store/store.ts';
import { finderRequest } from './finderRequest.ts';

const TAKEN_OVER =
  'Another tab has taken this project over during the training, so that the run could not be kept. Train there, or take over here and train again: the photos need not be looked at again.';

/** "Finder 1", "Finder 2", …: one more than the highest that a run has. */
export function nextFinderName(runs: readonly { name: string }[]): string {
  const numbers = runs.map(({ name }) => Number(/^Finder (\d+)$/.exec(name)?.[1] ?? 0));
  return `Finder ${1 + numbers.reduce((a, b) => Math.max(a, b), 0)}`;
}

/** Collects what the engine tells of a training; the store hears of it at most ten times a second. */
class FindProgress {
  private changes: Partial<FindJob> = {};
  private readonly throttle = new Throttle(() => this.tell());

  constructor(private readonly task: string) {}

  take = (progress: FinderProgress): void => {
    this.changes.progress = progress;
    if (progress.phase === 'rounded') {
      this.changes.points = [...(this.changes.points ?? useStore.getState().findJob?.points ?? []), progress.point];
    }
    this.throttle.soon();
  };

  end(): void {
    this.throttle.drop();
  }

  private tell(): void {
    const { findJob, changeFindJob } = useStore.getState();
    if (findJob?.task === this.task) changeFindJob(this.changes);
    this.changes = {};
  }
}

/** Whether a training was ended before the engine knew of it, so that there was nothing to cancel there. */
function isGivenUp(task: string): boolean {
  const { findJob } = useStore.getState();
  return findJob?.task !== task || findJob.status === 'stopping';
}

/**
 * Trains with the boxes and settings as they are; the finished run is shown.
 * @returns the run; null where it was cancelled or did not come about, of which `findProblem` tells
 */
export async function startFinder(): Promise<FinderRun | null> {
  const { findJob, setFindJob, setFindProblem, setFindView, finderRuns } = useStore.getState();
  if (findJob) return null;
  const task = nextName('finder');
  setFindJob({ task, status: 'running', progress: null, points: [] });
  setFindProblem(null);
  setFindView('train');
  interruptedFinder.begin();
  const progress = new FindProgress(task);
  try {
    const request = await finderRequest(nextFinderName(finderRuns));
    if (isGivenUp(task)) return null;
    const run = await engine.trainFinder(task, request, progress.take);
    if (useStore.getState().keeping === 'following') {
      void engine.removeFinder(run.id).catch(() => {});
      throw new AnysizeError('TakenOver', TAKEN_OVER);
    }
    finderLearned(run.id);
    useStore.getState().compareFinder(null);
    useStore.getState().addFinderRun(run);
    if (useStore.getState().findView === 'train') setFindView('results');
    return run;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'Cancelled')) setFindProblem(messageOf(error));
    return null;
  } finally {
    progress.end();
    interruptedFinder.over();
    setFindJob(null);
  }
}

function fail(error: unknown): void {
  useStore.getState().setFindProblem(messageOf(error));
}

export function controlFinder(action: 'pause' | 'resume'): void {
  const { findJob, changeFindJob } = useStore.getState();
  if (!findJob) return;
  changeFindJob({ status: action === 'pause' ? 'paused' : 'running' });
  engine.controlFinder(findJob.task, action).catch(fail);
}

/** Ends the training and throws away what it has learned; maps and proposals that are computed are kept. */
export function cancelFinder(): void {
  const { findJob, changeFindJob } = useStore.getState();
  if (!findJob) return;
  changeFindJob({ status: 'stopping' });
  engine.cancel(findJob.task).catch(fail);
}

/** Takes a run away from the list and its finder from the engine. */
export function deleteFinder(id: string): { run: FinderRun; place: number } | null {
  const { finderRuns, removeFinderRun, comparedFinder, compareFinder } = useStore.getState();
  const place = finderRuns.findIndex((run) => run.id === id);
  const run = finderRuns[place];
  if (!run) return null;
  if (comparedFinder === id) compareFinder(null);
  removeFinderRun(id);
  forgetFinder(id).catch(fail);
  return { run, place };
}
