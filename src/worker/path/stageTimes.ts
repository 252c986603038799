import type { Stage, StageTimes } from '../../core/model.ts';

export function newTimes(): StageTimes {
  return { decode: 0, size: 0, backbone: 0, spp: 0, head: 0, total: 0 };
}

/** Adds the milliseconds that `work` took to its stage. */
export async function timed<Result>(times: StageTimes, stage: Stage, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    times[stage] += performance.now() - started;
  }
}
