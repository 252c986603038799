import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { PyramidView } from '../../../store/view.ts';
import { npy } from '../../../formats/npy.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural } from '../../../ui/format.ts';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { messageOf } from '../../../core/errors.ts';
import { binsCsv, cellsCsv } from './binsCsv.ts';
import { drawPicture } from '../figure/drawPicture.ts';
import { saveBlob } from '../../../ui/files/saveBlob.ts';
import { isPerCell, type PanelModel } from '../panelModel.ts';
import styles from '../PyramidPanel.module.css';

export interface PanelExportsProps {
  models: readonly [PanelModel] | readonly [PanelModel, PanelModel];
  view: PyramidView;
  scale: Scale;
  stripScale: Scale;
}

/** File name without its ending, safe for a download. */
function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'image';
}

/** Takes the numbers and the picture away: vector, bins, PNG. */
export function PanelExports({ models, view, scale, stripScale }: PanelExportsProps) {
  const [said, setSaid] = useState('');
  const [model] = models;
  const { vector } = model.inspection;
  const tell = (work: () => Promise<string> | string): void => {
    Promise.resolve()
      .then(work)
      .then(setSaid, (error: unknown) => setSaid(`That did not work: ${messageOf(error)}`));
  };
  const copy = async (): Promise<string> => {
    await navigator.clipboard.writeText(Array.from(vector).join(','));
    return `${count(vector.length)} values copied, comma-separated, bin by bin.`;
  };
  const saveVector = (): string => {
    saveBlob(new Blob([npy(vector, [model.bins.length, model.channels])]), `${stem(model.name)}.npy`);
    return `Vector saved: float32, shape (${model.bins.length}, ${model.channels}).`;
  };
  const saveBins = (): string => {
    const perCell = isPerCell(model);
    const text = perCell ? cellsCsv(model) : binsCsv(model, model.measure === 'channel' ? view.channel : null);
    saveBlob(new Blob([text], { type: 'text/csv' }), `${stem(model.name)}-${perCell ? 'cells' : 'bins'}.csv`);
    return perCell ? 'Evidence per cell saved.' : `${plural(model.bins.length, 'bin')} saved.`;
  };
  const savePicture = async (): Promise<string> => {
    saveBlob(await drawPicture({ models, view, scale, stripScale }), `${stem(model.name)}-pyramid.png`);
    return 'Picture saved.';
  };
  return (
    <div className={styles['exports']}>
      <Button onClick={() => tell(copy)}>
        <Copy size={14} aria-hidden /> Copy vector
      </Button>
      <Button onClick={() => tell(saveVector)} aria-label="Download the vector as .npy">
        <Download size={14} aria-hidden /> .npy
      </Button>
      <Button
        onClick={() => tell(saveBins)}
        aria-label={`Download the ${isPerCell(model) ? 'evidence per cell' : 'bins'} as .csv`}
      >
        <Download size={14} aria-hidden /> .csv
      </Button>
      <Button onClick={() => tell(savePicture)} aria-label="Download the panel as .png">
        <Download size={14} aria-hidden /> .png
      </Button>
      <p role="status" className={styles['said']}>
        {said && <Check size={14} aria-hidden />} {said}
      </p>
    </div>
  );
}
