import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import type { PanelModel } from '../panelModel.ts';

/** The mapped part of the image, filling its box. */
export function PreviewImage({ model }: { model: PanelModel }) {
  const { facts, plan, preview } = model.inspection;
  const { source } = plan;
  const url = useObjectUrl(preview);
  if (!url) return null;
  return (
    <img
      src={url}
      alt={model.name}
      style={{
        position: 'absolute',
        left: `${(-source.x / source.width) * 100}%`,
        top: `${(-source.y / source.height) * 100}%`,
        width: `${(facts.width / source.width) * 100}%`,
        height: `${(facts.height / source.height) * 100}%`,
        maxWidth: 'none',
      }}
    />
  );
}
