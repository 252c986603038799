import { binCount, levelOffsets } from '../../../core/pyramid/geometry.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One image of the figure: its picture, a grid per level, and its strip. */
export interface FigureRow {
  image: Box | null;
  grids: Box[];
  strip: Box;
  /** Row of bin colours on the strip's side that faces the grids. */
  tabs: Box;
  /** One path per bin, from its level's grid to its place on the strip; empty where the grid stands in a line farther off. */
  ribbons: string[];
}

export interface Band {
  level: number;
  x: number;
  width: number;
  /** Left end of the band's label, moved only where labels would touch. */
  labelX: number;
  /** False for the narrow bands of a pyramid of very many levels: their labels would lie on each other. */
  labelled: boolean;
}

export interface FigureLayout {
  width: number;
  height: number;
  rows: FigureRow[];
  bands: Band[];
  labelsY: number;
}

export interface FigureOptions {
  width: number;
  levels: readonly number[];
  /** Width over height of the mapped part of each image: one image, or two to compare. */
  aspects: readonly number[];
  withImage: boolean;
  /** Let the first row be no higher than its image needs, as the pinned one always is: for pictures, where nothing can jump. */
  tight?: boolean;
}

const GAP = 12;
const CAPTION = 20;
const TABS = 6;
const STRIP = 36;
const LABEL_WIDTH = 48;
const LABEL_WIDTH_BETWEEN = 58;
/** Height of the strip's labels: level and count, and between two strips their similarity too. */
const LABELS = 40;
const LABELS_BETWEEN = 56;
const MIN_COLUMN = 56;
const MAX_BOX = 184;

/** Beyond 10 : 1 a grid in the image's own shape would be lines; it is drawn this thick instead. */
const LEAST_OF_THIN = 24;

/** The largest box of the given aspect in a cell, centred across and hanging from its top: what a wide image leaves is the ribbons'. */
function fit(aspect: number, x: number, y: number, width: number, height: number): Box {
  const least = aspect > 10 || aspect < 0.1 ? LEAST_OF_THIN : 4;
  const w = Math.max(least, Math.round(Math.min(width, height * aspect)));
  const h = Math.max(least, Math.round(Math.min(height, width / aspect)));
  return { x: Math.round(x + (width - w) / 2), y, width: w, height: h };
}

/** Labels stand at their band's left end; from the right, each makes room for the next. */
function placeLabels(bands: Omit<Band, 'labelX' | 'labelled'>[], width: number, labelWidth: number): Band[] {
  if (labelWidth * bands.length > width) {
    return bands.map((band) => ({ ...band, labelX: band.x, labelled: band.width >= labelWidth }));
  }
  const room = labelWidth;
  let limit = width;
  const placed: Band[] = [];
  for (const band of bands.toReversed()) {
    const labelX = Math.max(0, Math.min(band.x, limit - room));
    placed.unshift({ ...band, labelX, labelled: true });
    limit = labelX;
  }
  return placed;
}

/**
 * Where everything of the pyramid figure stands, in CSS pixels: levels side by side, ribbons down into the strip; with
 * two images the second stands mirrored below, so that the two strips lie against each other, bin under bin.
 * Used by the page and by the PNG alike. Without `tight` the height does not
 * depend on the first image, so that no new image moves the page.
 */
export function figureLayout({ width, levels, aspects, withImage, tight = false }: FigureOptions): FigureLayout {
  const columns = levels.length + (withImage ? 1 : 0);
  const perLine = Math.max(1, Math.min(columns, Math.floor((width + GAP) / (MIN_COLUMN + GAP))));
  const lines = Math.ceil(columns / perLine);
  const columnWidth = (width - GAP * (perLine - 1)) / perLine;
  const fullHeight = Math.round(Math.min(MAX_BOX, Math.max(columnWidth * 0.75, 64)));
  const ribbonHeight = Math.round(Math.min(88, Math.max(44, width * 0.09)));
  const heightFor = (aspect: number): number => Math.min(fullHeight, Math.max(24, Math.round(columnWidth / aspect)));
  const blockHeight = (boxHeight: number): number => lines * (CAPTION + boxHeight) + (lines - 1) * GAP;

  const bins = binCount(levels);
  const offsets = levelOffsets(levels);
  const at = (bin: number): number => (bin / bins) * width;

  const row = (aspect: number, top: number, mirrored: boolean): FigureRow => {
    const boxHeight = mirrored || tight ? heightFor(aspect) : fullHeight;
    const y0 = mirrored ? top + STRIP + TABS + ribbonHeight : top;
    const boxes = Array.from({ length: columns }, (_, i) => {
      const line = Math.floor(i / perLine);
      const y = y0 + line * (CAPTION + boxHeight + GAP) + (mirrored ? 0 : CAPTION);
      return fit(aspect, (i % perLine) * (columnWidth + GAP), y, columnWidth, boxHeight);
    });
    const grids = withImage ? boxes.slice(1) : boxes;
    const strip: Box = {
      x: 0,
      y: mirrored ? top : top + blockHeight(boxHeight) + ribbonHeight + TABS,
      width,
      height: STRIP,
    };
    const tabs: Box = { x: 0, y: mirrored ? top + STRIP : strip.y - TABS, width, height: TABS };
    const ribbons: string[] = [];
    grids.forEach((grid, level) => {
      const count = (levels[level] ?? 1) ** 2;
      // Ribbons from a farther line would run across the grids of the nearer one.
      const line = Math.floor((level + (withImage ? 1 : 0)) / perLine);
      if (line !== (mirrored ? 0 : lines - 1)) {
        for (let i = 0; i < count; i++) ribbons.push('');
        return;
      }
      const from = mirrored ? grid.y - 2 : grid.y + grid.height + 2;
      const to = mirrored ? tabs.y + TABS : tabs.y;
      const middle = (from + to) / 2;
      for (let i = 0; i < count; i++) {
        const x0 = (grid.x + ((i + 0.5) / count) * grid.width).toFixed(1);
        const x1 = at((offsets[level] ?? 0) + i + 0.5).toFixed(1);
        ribbons.push(`M${x0} ${from}C${x0} ${middle} ${x1} ${middle} ${x1} ${to}`);
      }
    });
    return { image: withImage ? (boxes[0] ?? null) : null, grids, strip, tabs, ribbons };
  };

  const first = row(aspects[0] ?? 1, 0, false);
  const labelsY = first.strip.y + STRIP;
  const labels = aspects.length > 1 ? LABELS_BETWEEN : LABELS;
  const rows = aspects.length > 1 ? [first, row(aspects[1] ?? 1, labelsY + labels, true)] : [first];
  const height =
    labelsY + labels + (rows.length > 1 ? STRIP + TABS + ribbonHeight + blockHeight(heightFor(aspects[1] ?? 1)) : 0);
  const bands = levels.map((_, level) => ({
    level,
    x: at(offsets[level] ?? 0),
    width: at(offsets[level + 1] ?? bins) - at(offsets[level] ?? 0),
  }));
  return {
    width,
    height,
    rows,
    bands: placeLabels(bands, width, rows.length > 1 ? LABEL_WIDTH_BETWEEN : LABEL_WIDTH),
    labelsY,
  };
}
