/** One line: y over x, both above 0. */
export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** How cost grows: one panel for each quantity, over the same amount of work. */
export interface Plot {
  /** File name without its ending; unique among all. */
  id: string;
  title: string;
  x: string;
  panels: { y: string; series: Series[] }[];
}

const WIDTH = 360;
const HEIGHT = 260;
const LEFT = 56;
const RIGHT = 16;
const TOP = 48;
const BOTTOM = 40;
/** Told apart in grey too, on light and on dark paper. */
const COLOURS = ['#0b73d9', '#d97706', '#6b8e23'];
const INK = '#7a7d82';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function tickText(value: number): string {
  const short = (number: number) => Number(number.toPrecision(3)).toString();
  if (value >= 1e6) return `${short(value / 1e6)}M`;
  return value >= 1e4 ? `${short(value / 1e3)}k` : short(value);
}

/** Powers of ten around the values, and their logarithms' span. */
function logAxis(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const place = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return { place, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

function panelSvg(plot: Plot, nth: number): string {
  const panel = plot.panels[nth];
  const points = panel?.series.flatMap((series) => series.points) ?? [];
  if (!panel || points.length === 0) return '';
  const x = logAxis(
    points.map(([at]) => at),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = logAxis(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  );
  const text = (at: number, level: number, words: string, more = '') =>
    `<text x="${at.toFixed(1)}" y="${level.toFixed(1)}" ${more}>${escaped(words)}</text>`;
  const parts = [text(LEFT, 20, panel.y, 'font-weight="600"')];
  for (const tick of x.ticks) {
    const at = x.place(tick).toFixed(1);
    parts.push(`<path d="M${at} ${TOP}V${HEIGHT - BOTTOM}" stroke="${INK}" stroke-opacity="0.25"/>`);
    parts.push(text(x.place(tick), HEIGHT - BOTTOM + 16, tickText(tick), 'text-anchor="middle"'));
  }
  for (const tick of y.ticks) {
    const at = y.place(tick).toFixed(1);
    parts.push(`<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="${INK}" stroke-opacity="0.25"/>`);
    parts.push(text(LEFT - 6, y.place(tick) + 4, tickText(tick), 'text-anchor="end"'));
  }
  panel.series.forEach((series, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const places = series.points.map(([at, value]) => [x.place(at).toFixed(1), y.place(value).toFixed(1)] as const);
    parts.push(
      `<polyline points="${places.map((place) => place.join()).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    );
    for (const [cx, cy] of places) parts.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`);
    if (panel.series.length > 1) parts.push(text(LEFT + i * 144, 38, series.name, `style="fill:${colour}"`));
  });
  parts.push(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, plot.x, 'text-anchor="middle"'));
  return `<g transform="translate(${nth * WIDTH})">${parts.join('')}</g>`;
}

/** A picture of how cost grows, both axes in powers of ten: a straight line at 45° is cost in proportion to work. */
export function plotSvg(plot: Plot): string {
  const width = WIDTH * plot.panels.length;
  const panels = plot.panels.map((_, nth) => panelSvg(plot, nth)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="${INK}" role="img" aria-label="${escaped(plot.title)}">\n<title>${escaped(plot.title)}</title>\n${panels}\n</svg>\n`;
}
