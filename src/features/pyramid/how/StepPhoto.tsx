import type { Scale } from '../../../ui/charts/palettes.ts';
import { wholeImage } from '../figure/PreviewImage.tsx';
import { BinOverlay } from '../overlay/BinOverlay.tsx';
import type { PanelModel } from '../panelModel.ts';
import styles from './HowItWorks.module.css';

export interface StepPhotoProps {
  model: PanelModel;
  url: string | null;
  /** The level whose grid lies over it. */
  grid?: number;
  /** One channel's cells, to colour it with. */
  cells?: Float32Array | null;
  scale?: Scale | null;
}

const nothing = (): void => {};

/** The part of the photo that the network sees, with what a step adds to it. */
export function StepPhoto({ model, url, grid, cells = null, scale = null }: StepPhotoProps) {
  const { source } = model.inspection.plan;
  const view = {
    bin: null,
    measure: 'strength' as const,
    channel: 0,
    classIndex: null,
    gridLevel: grid ?? null,
    grid: 'on' as const,
    pointed: null,
  };
  const plain = { ...model, measure: 'strength' as const };
  return (
    <div className={styles['photo']} style={{ aspectRatio: `${source.width} / ${source.height}` }}>
      {url && <img src={url} alt="" style={{ ...wholeImage(model), maxWidth: 'none' }} />}
      <div style={wholeImage(model)}>
        <BinOverlay
          model={plain}
          view={view}
          scale={{ ...(scale ?? { kind: 'sequential', min: 0, max: 1 }) } as Scale}
          tint={cells && scale ? { channel: 0, cells, scale } : null}
          onPoint={nothing}
          onChoose={nothing}
          interactive={false}
        />
      </div>
    </div>
  );
}
