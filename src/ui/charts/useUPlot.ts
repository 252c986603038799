import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { ChartSeries, ChartTable, LineChartProps } from './chartData.ts';
import { saveBlob } from '../files/saveBlob.ts';

/** A colour of the page as it is now; canvas cannot read custom properties. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What uPlot cannot change once it is made. */
interface ChartShape {
  lines: ChartLine[];
  logX: boolean;
  logY: boolean;
  xLabel: string;
  yLabel: string;
}

interface Mark {
  x: number | null;
  label: string;
}

type ChartLine = Pick<ChartSeries, 'label' | 'faint' | 'dashed' | 'marks'>;

interface Drawn {
  /** Where uPlot puts its canvas. */
  box: RefObject<HTMLDivElement | null>;
  /** The legend, whose swatches hold the colours of the series in order. */
  legend: RefObject<HTMLUListElement | null>;
  /** Row of the table under the pointer; null when there is none. */
  hovered: number | null;
  savePng: (name: string) => void;
}

/** Keeps a uPlot drawn in a box: data, size and theme. `on` is false while the table is shown instead. */
export function useUPlot(props: LineChartProps, table: ChartTable, height: number, on: boolean): Drawn {
  const box = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const mark = props.mark ?? null;
  const markLabel = props.markLabel ?? '';
  const data = useEffectEvent((): uPlot.AlignedData => [table.xs, ...table.ys]);
  const drawnMark = useRef<Mark>({ x: null, label: '' });
  const format = useEffectEvent((axis: 'x' | 'y', value: number) =>
    axis === 'x' ? props.formatX(value) : props.formatY(value),
  );
  const range = useEffectEvent((axis: 'x' | 'y') => (axis === 'x' ? props.xRange : props.yRange) ?? null);
  // What uPlot cannot change once it is made, as text, so that new points alone do not make a new chart.
  const shape = JSON.stringify({
    lines: props.series.map(({ label, faint, dashed, marks }): ChartLine => ({ label, faint, dashed, marks })),
    logX: props.logX ?? false,
    logY: props.logY ?? false,
    xLabel: props.xLabel,
    yLabel: props.yLabel,
  });

  const build = useEffectEvent((element: HTMLDivElement, shape: string) => {
    const { lines, logX, logY, xLabel, yLabel } = JSON.parse(shape) as ChartShape;
    const colourOf = (i: number) => () => {
      const swatch = legend.current?.children[i]?.firstElementChild;
      return swatch ? getComputedStyle(swatch).color : token('--ink');
    };
    const axis = (label: string, format: (value: number) => string, log: boolean): uPlot.Axis => ({
      label,
      labelSize: 18,
      labelGap: 2,
      labelFont: '12px system-ui, sans-serif',
      stroke: () => token('--ink-2'),
      grid: { stroke: () => token('--hairline'), width: 1 },
      ticks: { stroke: () => token('--hairline'), width: 1, size: 4 },
      font: '12px system-ui, sans-serif',
      gap: 4,
      values: (_, splits) => splits.map((value) => (value === null ? '' : format(value))),
      // On a log axis only the decades: uPlot fills in nine lines between them.
      ...(log && { filter: (_: uPlot, splits: number[]) => splits.map((v) => (isDecade(v) ? v : null)) }),
    });
    return new uPlot(
      {
        width: Math.max(1, element.clientWidth),
        height,
        legend: { show: false },
        padding: [8, 24, 0, 0],
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        scales: {
          x: { time: false, distr: logX ? 3 : 1, range: (_, min, max) => wide(range('x'), min, max, 0, logX) },
          y: { distr: logY ? 3 : 1, range: (_, min, max) => wide(range('y'), min, max, 0.08, logY) },
        },
        axes: [
          { ...axis(xLabel, (value) => format('x', value), logX), size: 28 },
          { ...axis(yLabel, (value) => format('y', value), logY), size: 52 },
        ],
        series: [
          {},
          ...lines.map(({ label, faint, dashed, marks }, i): uPlot.Series => ({
            label,
            stroke: colourOf(i),
            width: faint ? 1 : 2,
            alpha: faint ? 0.35 : 1,
            spanGaps: true,
            points: { show: marks ?? false, size: 5, fill: colourOf(i) },
            ...(dashed && { dash: [6, 4] }),
          })),
        ],
        hooks: {
          setCursor: [(u) => setHovered(u.cursor.idx ?? null)],
          draw: [(u) => drawMark(u, drawnMark.current)],
        },
      },
      data(),
      element,
    );
  });

  useEffect(() => {
    const element = box.current;
    if (!on || !element) return;
    const made = build(element, shape);
    plot.current = made;
    const redraw = () => made.redraw(false);
    const resize = new ResizeObserver(() => made.setSize({ width: Math.max(1, element.clientWidth), height }));
    resize.observe(element);
    const themes = new MutationObserver(redraw);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', redraw);
    return () => {
      resize.disconnect();
      themes.disconnect();
      scheme.removeEventListener('change', redraw);
      made.destroy();
      plot.current = null;
      setHovered(null);
    };
  }, [on, shape, height]);

  useEffect(() => {
    plot.current?.setData([table.xs, ...table.ys]);
  }, [table]);
  useEffect(() => {
    drawnMark.current = { x: mark, label: markLabel };
    plot.current?.redraw(false);
  }, [mark, markLabel]);

  return {
    box,
    legend,
    hovered,
    savePng: (name) => plot.current && savePng(plot.current, props, legend.current, name),
  };
}

function isDecade(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

/** Ends of an axis: the ones asked for, else those of the data with some air. */
function wide(
  asked: readonly [number, number] | null,
  min: number | null,
  max: number | null,
  air: number,
  log = false,
): [number, number] {
  if (asked) return [asked[0], asked[1]];
  if (min === null || max === null) return log ? [1e-4, 1] : [0, 1];
  if (log) return [min / 1.2, max * 1.2];
  const pad = max > min ? (max - min) * air : Math.abs(max) * 0.1 || 1;
  // A scale that starts near 0 starts at 0: losses and rates are never below.
  return [min >= 0 && min - pad < (max - min) / 2 ? 0 : min - pad, max + pad];
}

function drawMark(u: uPlot, { x, label }: Mark): void {
  if (x === null) return;
  const { ctx, bbox } = u;
  const at = Math.round(u.valToPos(x, 'x', true));
  if (at < bbox.left || at > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = token('--ink-2');
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  if (label) {
    const gap = 6 * devicePixelRatio;
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.fillStyle = token('--ink');
    ctx.textBaseline = 'bottom';
    // On the side where it fits.
    const before = at - bbox.left > bbox.width / 2;
    ctx.textAlign = before ? 'right' : 'left';
    ctx.fillText(label, before ? at - gap : at + gap, bbox.top + bbox.height - gap);
  }
  ctx.restore();
}

/** The chart as a picture of its own: title and legend above, on the page's ground. */
function savePng(plot: uPlot, { title, series }: LineChartProps, legend: HTMLUListElement | null, name: string): void {
  const source = plot.ctx.canvas;
  const ratio = devicePixelRatio;
  const head = 48 * ratio;
  const foot = 8 * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height + head + foot;
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  ctx.fillStyle = token('--surface');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, head);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = token('--ink');
  ctx.font = '600 14px system-ui, sans-serif';
  ctx.fillText(title, 16, 20);
  ctx.font = '12px system-ui, sans-serif';
  let x = 16;
  series.forEach(({ label, faint }, i) => {
    const swatch = legend?.children[i]?.firstElementChild;
    if (faint || !swatch) return;
    ctx.fillStyle = getComputedStyle(swatch).color;
    ctx.fillRect(x, 35, 16, 2);
    ctx.fillStyle = token('--ink-2');
    ctx.fillText(label, x + 22, 40);
    x += 38 + ctx.measureText(label).width;
  });
  canvas.toBlob((blob) => blob && saveBlob(blob, name), 'image/png');
}
