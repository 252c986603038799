import type { CSSProperties } from 'react';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import type { PanelModel } from '../panelModel.ts';

/** Where the whole image would stand when only its mapped part is shown in a box: the overlay speaks of the whole image. */
export function wholeImage({ inspection: { facts, plan } }: PanelModel): CSSProperties {
  const { source } = plan;
  return {
    position: 'absolute',
    left: `${(-source.x / source.width) * 100}%`,
    top: `${(-source.y / source.height) * 100}%`,
    width: `${(facts.width / source.width) * 100}%`,
    height: `${(facts.height / source.height) * 100}%`,
  };
}

/** The mapped part of the image, filling its box. */
export function PreviewImage({ model }: { model: PanelModel }) {
  const url = useObjectUrl(model.inspection.preview);
  return url && <img src={url} alt={model.name} style={{ ...wholeImage(model), maxWidth: 'none' }} />;
}
