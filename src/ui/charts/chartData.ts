/** One line of a chart. */
export interface ChartSeries {
  label: string;
  /** Ascending in x; a null y is a gap. */
  points: readonly { x: number; y: number | null }[];
  /** Which of the chart's colours: 1 is the main one. */
  colour: 1 | 2 | 3 | 4;
  /** Drawn thin and pale, behind the others: raw values under a smoothed line. */
  faint?: boolean;
  dashed?: boolean;
  /** Marks at the points. */
  marks?: boolean;
}

/** The series on one x axis: the xs ascending, and the y of each series at each x (null where it has none). */
export interface ChartTable {
  xs: number[];
  ys: (number | null)[][];
}

/** Joins series that may stand at different xs. A repeated x within a series keeps its last y. */
export function joinSeries(series: readonly ChartSeries[]): ChartTable {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const place = new Map(xs.map((x, i) => [x, i]));
  const ys = series.map(({ points }) => {
    const column = new Array<number | null>(xs.length).fill(null);
    for (const { x, y } of points) column[place.get(x) ?? 0] = y;
    return column;
  });
  return { xs, ys };
}

/**
 * Exponential moving average with its start corrected (as in Adam; Kingma & Ba 2015): each value weighs `decay` times the
 * next one. Non-finite values are passed over.
 */
export function smooth(values: readonly number[], decay: number): number[] {
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      mean = decay * mean + (1 - decay) * value;
      weight = decay * weight + (1 - decay);
    }
    return weight > 0 ? mean / weight : value;
  });
}

export interface LineChartProps {
  title: string;
  /** Titles of the axes, with their unit where there is one. */
  xLabel: string;
  yLabel: string;
  series: readonly ChartSeries[];
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  logX?: boolean;
  logY?: boolean;
  /** Ends of an axis; taken from the data when absent. */
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** A vertical line at an x, and what it says. */
  mark?: number | null;
  markLabel?: string;
  height?: number;
  /** Shown in the middle while there is no point. */
  empty: string;
  /** Name of exported files, without ending. */
  fileName: string;
  /** The text of the CSV export; the chart's own table when absent. */
  csv?: () => string;
}
