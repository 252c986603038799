import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

/** Starts WebGPU for timing: nothing computed on the CPU behind our back. Returns the adapter's name. */
export async function startGpu(): Promise<string> {
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  if (!(await tf.setBackend('webgpu'))) throw new Error('no WebGPU adapter');
  await tf.ready();
  const adapter = await navigator.gpu.requestAdapter();
  const { vendor = '?', architecture = '', description = '' } = adapter?.info ?? {};
  return [vendor, architecture, description].filter(Boolean).join(' ');
}

/** Waits until the GPU has done all work given to it. */
async function finish(): Promise<void> {
  const backend = tf.backend() as WebGPUBackend;
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}

/** Milliseconds of one run, as the mean of `repeats` runs given to the GPU together. */
async function time(run: () => tf.Tensor, repeats: number): Promise<number> {
  await finish();
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run().dispose();
  await finish();
  return (performance.now() - start) / repeats;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Median milliseconds of each contender. They take turns, so that a slower moment of the machine hits all of them; a
 * sample of a fast contender is the mean of as many runs as fill `sampleMs`. Rounds follow until each has `rounds` samples or,
 * where one sample takes long, until `budgetMs` are spent on it (at least two).
 */
export async function compare<Name extends string>(
  contenders: Record<Name, () => tf.Tensor>,
  { rounds = 9, sampleMs = 60, budgetMs = 6_000 } = {},
): Promise<Record<Name, number>> {
  const all = (Object.entries(contenders) as [Name, () => tf.Tensor][]).map(([name, run]) => ({
    name,
    run,
    repeats: 1,
    spent: 0,
    samples: [] as number[],
  }));
  for (const contender of all) {
    await time(contender.run, 1);
    const warm = await time(contender.run, 1);
    contender.repeats = Math.max(1, Math.min(200, Math.round(sampleMs / warm)));
    // Warm by then: a slow contender's second run is its first sample.
    if (contender.repeats === 1) {
      contender.samples.push(warm);
      contender.spent = warm;
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const contender of all) {
      if (contender.samples.length >= rounds) continue;
      if (contender.samples.length >= 2 && contender.spent > budgetMs) continue;
      const sample = await time(contender.run, contender.repeats);
      contender.samples.push(sample);
      contender.spent += sample * contender.repeats;
    }
  }
  return Object.fromEntries(all.map(({ name, samples }) => [name, median(samples)])) as Record<Name, number>;
}

/** Milliseconds for people: three significant digits. */
export function ms(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ms`;
}
