import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Scale } from '../../../ui/charts/palettes.ts';
import { drawStrip } from './drawStrip.ts';

export interface BarcodeProps {
  values: Float32Array;
  /** The stretch of `values` shown; all of them by default. */
  from?: number;
  to?: number;
  scale: Scale;
  /** CSS pixels. */
  width: number;
  height: number;
  className?: string | undefined;
}

function useDevicePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio);
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = (): void => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}

function BarcodePlain({ values, from = 0, to = values.length, scale, width, height, className }: BarcodeProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = useDevicePixelRatio();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width <= 0) return;
    context.canvas.width = Math.round(width * ratio);
    context.canvas.height = Math.round(height * ratio);
    drawStrip(
      context,
      values,
      scale,
      { x: 0, y: 0, width: context.canvas.width, height: context.canvas.height },
      from,
      to,
    );
  }, [values, from, to, scale, width, height, ratio]);
  return <canvas ref={canvas} className={className} style={{ display: 'block', width, height }} aria-hidden />;
}

/** Values as a barcode on a canvas, sharp on every screen. A picture only: its owner names it and handles the pointer. */
export const Barcode = memo(BarcodePlain);
