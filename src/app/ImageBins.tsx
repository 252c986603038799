import { useMemo } from 'react';
import type { Inspection } from '../engine/protocol.ts';
import { BinOverlay } from '../features/pyramid/BinOverlay.tsx';
import { panelModel, scaleOf } from '../features/pyramid/panelModel.ts';
import { useStore } from '../store/store.ts';

export interface ImageBinsProps {
  name: string;
  inspection: Inspection;
  /** Class whose evidence is shown; null for the image's best. */
  classIndex: number | null;
  /** The image beside it, so that both are coloured on one scale. */
  other: Inspection | null;
}

/** An image's bins over the image, pointing at the same bin as the panel. */
export function ImageBins({ name, inspection, classIndex, other }: ImageBinsProps) {
  const view = useStore((state) => state.pyramidView);
  const changePyramidView = useStore((state) => state.changePyramidView);
  const { measure, channel } = view;
  const model = useMemo(
    () => panelModel(name, inspection, { measure, channel, classIndex }),
    [name, inspection, measure, channel, classIndex],
  );
  const scale = useMemo(() => {
    const shown = { measure, channel, classIndex: model.evidence?.index ?? classIndex };
    return scaleOf(other && other !== inspection ? [model, panelModel('', other, shown)] : [model]);
  }, [model, other, inspection, measure, channel, classIndex]);
  return (
    <BinOverlay
      model={model}
      view={view}
      scale={scale}
      onPoint={(pointed) => changePyramidView({ pointed })}
      onChoose={(bin) => changePyramidView({ bin: bin === view.bin ? null : bin })}
    />
  );
}
