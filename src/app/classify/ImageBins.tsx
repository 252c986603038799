import { useMemo } from 'react';
import type { Inspection } from '../../core/model.ts';
import { BinKey } from '../../features/pyramid/overlay/BinKey.tsx';
import { BinOverlay } from '../../features/pyramid/overlay/BinOverlay.tsx';
import type { ChannelTint } from '../../features/pyramid/overlay/CellTint.tsx';
import { panelModel, scaleOf } from '../../features/pyramid/panelModel.ts';
import { useStore } from '../../store/store.ts';
import type { PyramidView } from '../../store/view.ts';

export interface ImageBinsProps {
  name: string;
  inspection: Inspection;
  /** Class whose evidence is shown; null for the image's best. */
  classIndex: number | null;
  /** The image beside it, so that both are coloured on one scale. */
  other: Inspection | null;
  /** The channel looked at, per cell of this image; null for none. */
  tint: ChannelTint | null;
}

/** What is looked at; channel 0 before one was chosen. */
function useView(): PyramidView {
  const view = useStore((state) => state.pyramidView);
  return useMemo(() => ({ ...view, channel: view.channel ?? 0 }), [view]);
}

/** What the marks over an image mean. */
export function ImageKey({ name, inspection, classIndex, tint }: Omit<ImageBinsProps, 'other'>) {
  const view = useView();
  const { measure, channel } = view;
  const model = useMemo(
    () => panelModel(name, inspection, { measure, channel, classIndex }),
    [name, inspection, measure, channel, classIndex],
  );
  return <BinKey model={model} view={view} tint={tint} />;
}

/** An image's bins over the image, pointing at the same bin as the panel. */
export function ImageBins({ name, inspection, classIndex, other, tint }: ImageBinsProps) {
  const view = useView();
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
      tint={tint}
      onPoint={(pointed) => changePyramidView({ pointed })}
      onChoose={(bin) => changePyramidView({ bin: bin === view.bin ? null : bin })}
    />
  );
}
