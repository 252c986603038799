import { useEffect, useRef } from 'react';
import styles from './Charts.module.css';
import { useElementSize } from '../hooks/useElementSize.ts';

export interface ScatterPoint {
  x: number;
  y: number;
  colour: string;
}

export interface ScatterPlotProps {
  points: readonly ScatterPoint[];
  title: string;
  /** What the plot tells, in words, for those who do not see it. */
  summary: string;
  height?: number;
}

const LEFT = 40;
const BOTTOM = 18;
const TOP = 6;
const RIGHT = 8;

/** The next round number: one whose half is round too. */
function niceEnd(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}

/** Points over two axes that begin at 0, on a canvas: thousands of them cost little. */
export function ScatterPlot({ points, title, summary, height = 128 }: ScatterPlotProps) {
  const [box, { width }] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const again = () => draw(canvas.current, points, width, height);
    again();
    const themes = new MutationObserver(again);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    return () => {
      themes.disconnect();
      scheme.removeEventListener('change', again);
    };
  }, [points, width, height]);

  return (
    <figure className={styles['plotPlot']}>
      <div ref={box}>
        <canvas ref={canvas} role="img" aria-label={summary} style={{ height }} />
      </div>
      <figcaption className={styles['caption']}>
        {title}: {summary}
      </figcaption>
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement | null, points: readonly ScatterPoint[], width: number, height: number): void {
  const ctx = canvas?.getContext('2d');
  if (!ctx || width === 0) return;
  const ratio = devicePixelRatio;
  ctx.canvas.width = Math.round(width * ratio);
  ctx.canvas.height = Math.round(height * ratio);
  ctx.scale(ratio, ratio);
  const root = getComputedStyle(document.documentElement);
  const ink = root.getPropertyValue('--ink-2');
  const hairline = root.getPropertyValue('--hairline');
  const xEnd = niceEnd(points.reduce((max, { x }) => Math.max(max, x), 1));
  const yEnd = niceEnd(points.reduce((max, { y }) => Math.max(max, y), 1));
  const px = (x: number) => LEFT + (x / xEnd) * (width - LEFT - RIGHT);
  const py = (y: number) => height - BOTTOM - (y / yEnd) * (height - BOTTOM - TOP);
  ctx.font = '12px system-ui, sans-serif';
  ctx.fillStyle = ink;
  ctx.strokeStyle = hairline;
  for (const share of [0, 0.5, 1]) {
    ctx.beginPath();
    ctx.moveTo(px(xEnd * share) + 0.5, TOP);
    ctx.lineTo(px(xEnd * share) + 0.5, height - BOTTOM);
    ctx.moveTo(LEFT, py(yEnd * share) + 0.5);
    ctx.lineTo(width - RIGHT, py(yEnd * share) + 0.5);
    ctx.stroke();
    ctx.textAlign = share === 1 ? 'right' : 'center';
    ctx.fillText(String(xEnd * share), share === 1 ? width : px(xEnd * share), height - 4);
    ctx.textAlign = 'right';
    ctx.fillText(String(yEnd * share), LEFT - 6, py(yEnd * share) + 4);
  }
  ctx.globalAlpha = points.length > 500 ? 0.35 : 0.7;
  for (const { x, y, colour } of points) {
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.arc(px(x), py(y), 2, 0, Math.PI * 2);
    ctx.fill();
  }
}
