import type { KeyboardEvent, PointerEvent } from 'react';
import type { Bin } from '../../../core/pyramid/geometry.ts';
import type { PyramidView } from '../../../store/view.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import { useBarcode, useDevicePixelRatio } from '../figure/useBarcode.ts';
import styles from './Readout.module.css';
import { maxPerColumn } from './measures.ts';
import type { PanelModel } from '../panelModel.ts';

export interface ChannelLensProps {
  model: PanelModel;
  view: PyramidView;
  bin: Bin;
  scale: Scale;
  onView: (changes: Partial<PyramidView>) => void;
}

/** One bin's stretch of the vector, drawn over the full width: its channels, one of which can be chosen by pointer or arrow keys. */
export function ChannelLens({ model, view, bin, scale, onView }: ChannelLensProps) {
  const [ref, { width }] = useElementSize<HTMLDivElement>();
  const { channels } = model;
  const { vector } = model.inspection;
  const from = bin.index * channels;
  const channel = view.pointed?.channel ?? Math.min(view.channel, channels - 1);
  const value = vector[from + channel] ?? 0;
  const ratio = useDevicePixelRatio();
  const barcode = useBarcode({ values: vector, from, to: from + channels, scale, columns: width * ratio });

  const under = (event: PointerEvent | React.MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const columns = Math.max(1, Math.round(box.width * ratio));
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * columns)));
    return (maxPerColumn(vector, columns, from, from + channels).index[column] ?? from) - from;
  };
  const keyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -64,
      PageUp: 64,
      Home: -channels,
      End: channels,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onView({ channel: Math.min(channels - 1, Math.max(0, channel + step)), bin: bin.index, pointed: null });
  };

  return (
    <div className={styles['lens']}>
      <div
        ref={ref}
        className={styles['lensStrip']}
        role="slider"
        tabIndex={0}
        aria-label="Channel of this bin"
        aria-valuemin={0}
        aria-valuemax={channels - 1}
        aria-valuenow={channel}
        aria-valuetext={`channel ${channel}: ${value.toFixed(2)}`}
        onPointerMove={(event) => {
          const next = under(event);
          if (next !== view.pointed?.channel) onView({ pointed: { bin: bin.index, channel: next, cell: null } });
        }}
        onPointerLeave={() => onView({ pointed: null })}
        onClick={(event) => onView({ channel: under(event), measure: 'channel', bin: bin.index })}
        onKeyDown={keyDown}
      >
        {width > 0 && <img src={barcode} alt="" />}
        <span className={styles['needle']} style={{ left: `${((channel + 0.5) / channels) * 100}%` }} />
      </div>
      <p>
        <span>its {channels.toLocaleString('en')} channels</span>
        <span>
          #{channel} = {value.toFixed(2)}
        </span>
      </p>
    </div>
  );
}
