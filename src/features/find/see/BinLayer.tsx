import type { BoxEvidence, WindowOnMap } from '../../../core/find/model.ts';
import type { Size } from '../../../core/model.ts';
import { colourOf, css, type Scale } from '../../../ui/charts/palettes.ts';
import { cellsToPhoto } from './cellsToPhoto.ts';
import styles from './see.module.css';

export interface BinLayerProps {
  evidence: BoxEvidence;
  map: WindowOnMap;
  photo: Size;
  scale: Scale;
}

/** The cells of a box on one map and its finest bins, in their true position over the photo. */
export function BinLayer({ evidence, map, photo, scale }: BinLayerProps) {
  const { cells, stride, bins } = map;
  const place = (rect: WindowOnMap['cells']) => {
    const [left, top, right, bottom] = cellsToPhoto(rect, stride, evidence.input, photo);
    return { x: left, y: top, width: right - left, height: bottom - top };
  };
  const rows = Array.from({ length: cells.bottom - cells.top }, (_, i) => cells.top + i);
  const columns = Array.from({ length: cells.right - cells.left }, (_, i) => cells.left + i);
  return (
    <svg
      className={styles['bins']}
      viewBox={`0 0 ${photo.width} ${photo.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Over the photo: ${columns.length}×${rows.length} cells of the ${map.map} map and the bins of the box`}
    >
      {bins
        .filter(({ level }) => level === 0)
        .map((bin) => (
          <rect
            key={`${bin.row} ${bin.column}`}
            {...place(bin)}
            fill={css(colourOf(scale, bin.evidence))}
            fillOpacity={0.5}
          />
        ))}
      {rows.flatMap((row) =>
        columns.map((column) => (
          <rect
            key={`${row} ${column}`}
            className={styles['cell']}
            {...place({ left: column, top: row, right: column + 1, bottom: row + 1 })}
          />
        )),
      )}
    </svg>
  );
}
