import { messageOf } from '../core/errors.ts';
import type { Case, Contender, Sample } from './cases.ts';
import type { CaseResult, Result } from './report.ts';
import { spreadOf } from './spread.ts';

/** A contender that has had so much time is left with the samples it has, two at least. */
const BUDGET_MS = 15_000;
const LEAST_SAMPLES = 2;

export interface RunOptions {
  /** Samples of each contender, after one that is not counted. */
  rounds: number;
  signal?: AbortSignal | undefined;
  /** @param fraction 0…1 of all samples */
  onProgress?: (fraction: number, doing: string) => void;
  /** Hears of each case as it is done. */
  onCase?: (result: CaseResult) => void;
}

interface Taken {
  contender: Contender;
  samples: Sample[];
  spent: number;
  failed: string | null;
}

function resultOf({ contender: { name }, samples, failed }: Taken): Result {
  if (failed !== null || samples.length === 0) {
    return { name, median: 0, low: 0, high: 0, samples: 0, failed: failed ?? 'not measured' };
  }
  const parts = Object.keys(samples[0]?.stages ?? {}) as (keyof NonNullable<Sample['stages']>)[];
  const stages = parts.map((part) => ({
    name: part,
    milliseconds: spreadOf(samples.map(({ stages }) => stages?.[part] ?? 0)).median,
  }));
  return {
    name,
    ...spreadOf(samples.map(({ milliseconds }) => milliseconds)),
    ...(stages.length > 0 && { stages }),
  };
}

/**
 * Measures cases one after another; inside one the contenders take turns, so that a slower moment of the machine hits all of them. What fails is
 * said in its place.
 * @throws what `signal` is aborted with
 */
export async function runCases(
  cases: readonly Case[],
  { rounds, signal, onProgress, onCase }: RunOptions,
): Promise<CaseResult[]> {
  const total = cases.reduce((sum, { contenders }) => sum + contenders.length * (rounds + 1), 0);
  let done = 0;
  const results: CaseResult[] = [];
  for (const { contenders, ...facts } of cases) {
    const taken: Taken[] = contenders.map((contender) => ({ contender, samples: [], spent: 0, failed: null }));
    for (let round = 0; round <= rounds; round++) {
      for (const one of taken) {
        onProgress?.(done++ / total, `${facts.title}: ${one.contender.name}`);
        signal?.throwIfAborted();
        const enough = one.samples.length >= LEAST_SAMPLES && one.spent > BUDGET_MS;
        if (one.failed !== null || enough) continue;
        try {
          const sample = await one.contender.measure();
          // The first run compiles and fetches.
          if (round > 0) one.samples.push(sample);
          one.spent += sample.milliseconds;
        } catch (error) {
          signal?.throwIfAborted();
          one.failed = messageOf(error);
        }
      }
    }
    const result = { ...facts, results: taken.map(resultOf) };
    results.push(result);
    onCase?.(result);
  }
  return results;
}
