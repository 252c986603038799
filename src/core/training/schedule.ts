import { AnysizeError } from '../errors.ts';

/** How the learning rate runs over a training. `rate` below is the chosen learning rate. */
export type Schedule =
  /** `rate` throughout. */
  | { kind: 'constant' }
  /** `rate·factor^floor(epoch / every)`: times `factor` after every `every` epochs. */
  | { kind: 'step'; every: number; factor: number }
  /** `rate·(1 + cos πt)/2`, t the share of all steps that is done (Loshchilov & Hutter 2017, without restarts). */
  | { kind: 'cosine' }
  /**
   * One cycle (Smith & Topin 2019, in PyTorch's cosine form): from `rate/startDivisor` up to `rate` over the first
   * `warmUp` share of the steps, then down to `rate/(startDivisor·endDivisor)`.
   */
  | { kind: 'oneCycle'; warmUp: number; startDivisor: number; endDivisor: number };

export type ScheduleKind = Schedule['kind'];

/** Each kind with its usual numbers. */
export const SCHEDULES: { [K in ScheduleKind]: Extract<Schedule, { kind: K }> } = {
  constant: { kind: 'constant' },
  step: { kind: 'step', every: 10, factor: 0.1 },
  cosine: { kind: 'cosine' },
  oneCycle: { kind: 'oneCycle', warmUp: 0.3, startDivisor: 25, endDivisor: 1e4 },
};

/**
 * Learning rate of one optimiser step.
 * @param rate the chosen learning rate (the peak, for `oneCycle`)
 * @param step steps already done, from 0
 * @param stepsPerEpoch,epochs the whole training is `stepsPerEpoch·epochs` steps
 * @throws AnysizeError `BadArgument` when the schedule's own numbers make no sense
 */
export function learningRate(
  schedule: Schedule,
  rate: number,
  step: number,
  stepsPerEpoch: number,
  epochs: number,
): number {
  const steps = stepsPerEpoch * epochs;
  switch (schedule.kind) {
    case 'constant':
      return rate;
    case 'step':
      if (!(schedule.every >= 1)) throw bad(`a step schedule changes every 1 or more epochs; got ${schedule.every}`);
      return rate * schedule.factor ** Math.floor(Math.floor(step / stepsPerEpoch) / schedule.every);
    case 'cosine':
      return (rate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
    case 'oneCycle': {
      const { warmUp, startDivisor, endDivisor } = schedule;
      if (!(warmUp > 0 && warmUp < 1)) throw bad(`a one-cycle warm-up is a share between 0 and 1; got ${warmUp}`);
      const start = rate / startDivisor;
      const up = warmUp * steps - 1;
      if (step <= up) return between(start, rate, up > 0 ? step / up : 1);
      const down = steps - 1 - up;
      return between(rate, start / endDivisor, down > 0 ? (step - up) / down : 1);
    }
    default:
      return schedule satisfies never;
  }
}

/** Half a cosine from `from` (t = 0) to `to` (t = 1). */
function between(from: number, to: number, t: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * t))) / 2;
}

function bad(message: string): AnysizeError {
  return new AnysizeError('BadArgument', message);
}
