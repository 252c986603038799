import { useEffect, useState } from 'react';
import { engine } from './engineClient.ts';
import type { Inspection } from '../core/model.ts';
import { imageOf } from './files.ts';
import { useStore } from '../store/store.ts';

interface ChannelMap {
  inspection: Inspection;
  channel: number;
  cells: Float32Array | null;
}

/** One call at a time and the newest next, so that a pointer that runs over channels leaves no queue behind it. */
function newestOnly(): (task: () => Promise<void>) => void {
  let running = false;
  let next: (() => Promise<void>) | null = null;
  const run = async (task: () => Promise<void>): Promise<void> => {
    running = true;
    await task();
    running = false;
    const following = next;
    next = null;
    if (following) void run(following);
  };
  return (task) => {
    if (running) next = task;
    else void run(task);
  };
}

/** The channel whose cells are looked at: the one pointed at, else the chosen one while channels are the measure. */
export function useShownChannel(): number | null {
  return useStore(({ pyramidView: { pointed, measure, channel } }) =>
    pointed?.channel != null ? pointed.channel : measure === 'channel' ? (channel ?? 0) : null,
  );
}

/**
 * One channel of the feature map behind an inspection, [height·width] row-major: what max pooling chooses from. Null until it is there, and
 * where the map is too large to be kept.
 * @param id row of the image; null for none
 */
export function useChannelMap(
  id: string | null,
  inspection: Inspection | null,
  channel: number | null,
): Float32Array | null {
  const minSide = useStore((state) => state.settings.minSide);
  const [ask] = useState(newestOnly);
  const [latest, setLatest] = useState<ChannelMap | null>(null);
  const there = latest !== null && latest.inspection === inspection && latest.channel === channel;
  useEffect(() => {
    if (id === null || inspection === null || channel === null || there) return;
    let superseded = false;
    const { plan, backbone, map } = inspection;
    ask(async () => {
      if (superseded) return;
      let cells: Float32Array | null = null;
      try {
        cells = await engine.channel(await imageOf(id), channel, plan.policy, backbone, minSide > 0 ? { minSide } : {});
      } catch {
        // A tint that does not come leaves the image as it is; what is wrong with the image is told by its inspection.
      }
      // After other settings the map has another size.
      const fits = cells?.length === map.height * map.width;
      if (!superseded) setLatest({ inspection, channel, cells: fits ? cells : null });
    });
    return () => {
      superseded = true;
    };
  }, [id, inspection, channel, minSide, there, ask]);
  return there ? latest.cells : null;
}
