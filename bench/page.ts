import type { ProcessorShares } from '../tools/processorTime.ts';
import type { Bench, Table } from './table.ts';

const benches = import.meta.glob<{ bench: Bench }>('./*.bench.ts');

declare global {
  interface Window {
    runBench(name: string, parts: readonly string[]): Promise<Table[]>;
    /** Set by run.ts. */
    benchProgress(text: string): void;
    /** Set by run.ts: most bytes that the page's process, workers and all, had resident since the last reset; null where that cannot be told. */
    benchPeakMemory(): Promise<number | null>;
    benchResetPeak(): Promise<void>;
    /** Set by run.ts: processor time that the page's process has had, seconds; null where that cannot be told. */
    benchProcessorSeconds(): Promise<number | null>;
    /** Set by run.ts: the same, exact, of threads that live. */
    benchThreadSeconds(): Promise<number | null>;
    /** Set by run.ts: who in the browser had the processors; null where that cannot be told. */
    benchProcessorShares(): Promise<ProcessorShares | null>;
  }
}

window.runBench = async (name, parts) => {
  const load = benches[`./${name}.bench.ts`];
  if (!load) throw new Error(`no bench/${name}.bench.ts`);
  const { bench } = await load();
  return bench((text) => window.benchProgress(text), parts);
};
