import { useEffect, useMemo, useState } from 'react';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import { rmsPerColumn } from '../readout/measures.ts';

/** Device pixels per CSS pixel, as they are now. */
export function useDevicePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio);
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = (): void => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}

export interface BarcodeProps {
  values: Float32Array;
  /** The stretch of `values` shown; all of them by default. */
  from?: number;
  to?: number;
  scale: Scale;
  /** Device pixels of the width that it fills. */
  columns: number;
}

/**
 * Values as a picture of one pixel's height, to be stretched, at a `data:` address: each column shows the root mean square of its values (a
 * maximum would be 6 almost everywhere under ReLU6). Where there are more columns than values, each value by itself.
 */
export function useBarcode({ values, from = 0, to = values.length, scale, columns }: BarcodeProps): string {
  return useMemo(() => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(columns));
    canvas.height = 1;
    const context = canvas.getContext('2d');
    rmsPerColumn(values, canvas.width, from, to).forEach((value, column) => {
      if (!context) return;
      context.fillStyle = css(colourOf(scale, value));
      context.fillRect(column, 0, 1, 1);
    });
    return canvas.toDataURL();
  }, [values, from, to, scale, columns]);
}
