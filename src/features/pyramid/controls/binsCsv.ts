import { csv, type CsvValue } from '../../../formats/tables/csv.ts';
import { cellsToImage } from '../figure/cellsToImage.ts';
import { oneCell } from '../overlay/overlayGeometry.ts';
import type { PanelModel } from '../panelModel.ts';

/**
 * One row per cell of the feature map in row-major order, for heads whose evidence is per cell: row and column (counted from 0), the
 * image's pixels under the cell, and the evidence for each class the head told of.
 */
export function cellsCsv(model: PanelModel): string {
  const { map, plan } = model.inspection;
  const evidence = model.classes.filter((entry) => entry.cells);
  const header = ['row', 'column', 'x_px', 'y_px', 'width_px', 'height_px'];
  header.push(...evidence.map((entry) => `evidence for ${entry.label}`));
  const rows = Array.from({ length: map.height * map.width }, (_, cell): CsvValue[] => {
    const place = oneCell(cell, map.width);
    const { x, y, width, height } = cellsToImage(place, plan);
    return [place.top, place.left, x, y, width, height, ...evidence.map((entry) => entry.cells?.[cell] ?? null)];
  });
  return csv(header, rows);
}

/**
 * One row per bin in flatten order: level (bins per side), row and column and the cells covered (counted from 0, half-open, as in
 * the vector), the image's pixels under it, strength, the shown channel, and the evidence for each class the head told of.
 */
export function binsCsv(model: PanelModel, channel: number | null): string {
  const { inspection, channels } = model;
  const evidence = model.classes.filter((entry) => entry.bins);
  const header = [
    'bin',
    'level',
    'row',
    'column',
    'top',
    'left',
    'bottom',
    'right',
    'x_px',
    'y_px',
    'width_px',
    'height_px',
    'strength',
  ];
  if (channel !== null) header.push(`channel ${channel}`);
  header.push(...evidence.map((entry) => `evidence for ${entry.label}`));
  const rows = model.bins.map((bin): CsvValue[] => {
    const pixels = cellsToImage(bin, inspection.plan);
    return [
      bin.index,
      inspection.pyramid.levels[bin.level] ?? null,
      bin.row,
      bin.column,
      bin.top,
      bin.left,
      bin.bottom,
      bin.right,
      pixels.x,
      pixels.y,
      pixels.width,
      pixels.height,
      model.strengths[bin.index] ?? null,
      ...(channel === null ? [] : [inspection.vector[bin.index * channels + channel] ?? null]),
      ...evidence.map((entry) => entry.bins?.[bin.index] ?? null),
    ];
  });
  return csv(header, rows);
}
