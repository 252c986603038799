import { useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import type { Inspection } from '../../../core/model.ts';
import { nextName } from '../../../core/nextName.ts';
import { DEFAULT_POLICY } from '../../../core/size/sizing.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import { useStore } from '../../../store/store.ts';
import { fetchSample, type Sample } from './samples.ts';

/** A sample's pyramid [4, 2, 1] at the default size, computed here and now. */
function inspectSample(task: string, sample: Sample): Promise<Inspection> {
  const options = analyseOptions({
    policy: DEFAULT_POLICY,
    pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
    head: 'none',
    minSide: 0,
    scales: [],
    looks: 1,
  });
  return fetchSample(sample).then((blob) =>
    engine.inspect(task, { blob, name: blob.name, key: `sample ${sample.file}` }, options),
  );
}

/** The samples' pyramids, one after the other from the moment the engine is ready; null for those still to come. */
export function useSampleInspections(samples: readonly Sample[]): readonly (Inspection | null)[] {
  const ready = useStore((state) => state.backend !== null);
  const [found, setFound] = useState<readonly Inspection[]>([]);
  const next = found.length < samples.length ? samples[found.length] : undefined;
  useEffect(() => {
    if (!ready || !next) return;
    let gone = false;
    const task = nextName('idea');
    inspectSample(task, next).then(
      (inspection) => !gone && setFound((before) => [...before, inspection]),
      // The photos stand there all the same; what is wrong with the engine is told by its badge.
      () => {},
    );
    return () => {
      gone = true;
      engine.cancel(task).catch(() => {});
    };
  }, [ready, next]);
  return samples.map((_, i) => found[i] ?? null);
}
