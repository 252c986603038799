import { useEffect, useState } from 'react';
import { ordinaryChannels, unusualChannels } from '../../features/pyramid/readout/ordinaryChannels.ts';
import { HowItWorks } from '../../features/pyramid/how/HowItWorks.tsx';
import { SAMPLES } from '../../features/pyramid/idea/samples.ts';
import { useSampleInspections } from '../../features/pyramid/idea/useSampleInspections.ts';
import { engine } from '../../client/engineClient.ts';
import { imageOf } from '../../client/files.ts';
import { useInspection } from '../../client/inspection.ts';
import type { Inspection, PyramidOptions } from '../../core/model.ts';
import { DEFAULT_LEVELS, levelOffsets } from '../../core/pyramid/geometry.ts';
import { useStore } from '../../store/store.ts';
import styles from '../App.module.css';
import { fetchSample } from '../../features/pyramid/idea/samples.ts';

const FIRST = [SAMPLES[0]];
const NONE: typeof FIRST = [];
/** Explained where one bin is chosen, as trained heads bring it: that is no pyramid. */
const PYRAMID: PyramidOptions = { levels: [...DEFAULT_LEVELS], rule: 'adaptive', pooling: 'max' };

/** The channel that is most unusual in the coarsest bin: the one to follow. */
async function channelToFollow({ vector, pyramid, map }: Inspection): Promise<number> {
  const level = pyramid.levels.length - 1;
  const from = (levelOffsets(pyramid.levels)[level] ?? 0) * map.channels;
  const values = vector.subarray(from, from + map.channels);
  const [first] = unusualChannels(values, pyramid.levels[level] ?? 1, await ordinaryChannels(), 1);
  return first?.channel ?? 0;
}

interface Followed {
  inspection: Inspection;
  channel: number;
  cells: Float32Array | null;
}

/** One channel of the photo's map; null until it is there. */
function useFollowed(id: string | null, inspection: Inspection | null): Followed | null {
  const [followed, setFollowed] = useState<Followed | null>(null);
  useEffect(() => {
    if (!inspection) return;
    let gone = false;
    const follow = async (): Promise<Followed> => {
      const channel = await channelToFollow(inspection);
      const sample = async () => ({
        blob: await fetchSample(SAMPLES[0]),
        name: 'sample',
        key: `sample ${SAMPLES[0].file}`,
      });
      const image = id === null ? await sample() : await imageOf(id);
      const cells = await engine.channel(image, channel, inspection.plan.policy, inspection.backbone);
      const fits = cells?.length === inspection.map.height * inspection.map.width;
      return { inspection, channel, cells: fits ? cells : null };
    };
    follow().then(
      (found) => !gone && setFollowed(found),
      () => !gone && setFollowed({ inspection, channel: 0, cells: null }),
    );
    return () => {
      gone = true;
    };
  }, [id, inspection]);
  return followed?.inspection === inspection ? followed : null;
}

/** How it works, on the photo chosen in Classify; before there is one, on a sample. */
export default function HowTab() {
  const id = useStore((state) => state.selectedId);
  const name = useStore((state) => (state.selectedId === null ? null : (state.rows[state.selectedId]?.name ?? null)));
  const single = useStore((state) => state.settings.pyramid.levels.length === 1);
  const own = useInspection(id, null, single ? PYRAMID : null);
  const [sample] = useSampleInspections(id === null ? FIRST : NONE);
  const inspection = id === null ? (sample ?? null) : own.id === id ? own.inspection : null;
  const followed = useFollowed(id, inspection);
  return (
    <section className={styles['how']} aria-labelledby="how-title">
      <h2 id="how-title">How it works</h2>
      <p>Any photo in, one vector of one length out, step by step on {name ? 'your photo' : 'a sample photo'}.</p>
      {inspection ? (
        <HowItWorks
          name={name ?? 'A cat'}
          inspection={inspection}
          channel={followed?.channel ?? 0}
          cells={followed?.cells ?? null}
        />
      ) : (
        <p className={styles['loading']}>{own.error?.message ?? 'Computing its pyramid…'}</p>
      )}
    </section>
  );
}
