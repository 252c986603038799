import 'uplot/dist/uPlot.min.css';
import { FileText, ImageDown, Table2 } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { Button } from '../Button.tsx';
import { type ChartSeries, type ChartTable, joinSeries, type LineChartProps } from './chartData.ts';
import styles from './Charts.module.css';
import { saveText } from '../files/saveBlob.ts';
import { useUPlot } from './useUPlot.ts';

/** Rows of the table alternative; a chart of more points says that the CSV has them all. */
const MAX_ROWS = 500;

function swatchClass({ colour, dashed }: ChartSeries): string {
  return [styles['swatch'], styles[`colour${colour}`], dashed && styles['dashed']].filter(Boolean).join(' ');
}

/** Lines over one x axis, with the values under the pointer, a table instead of the picture, and PNG and CSV. */
export function LineChart(props: LineChartProps) {
  const { title, xLabel, series, formatX, formatY, height = 200, empty, fileName, csv } = props;
  const table = useMemo(() => joinSeries(series), [series]);
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const { box, legend, hovered, savePng } = useUPlot(props, table, height, !asTable);
  const shown = series.map((_, i) => valueAt(table, i, hovered));

  return (
    <figure className={styles['chart']} aria-labelledby={titleId}>
      <div className={styles['head']}>
        <h3 id={titleId}>{title}</h3>
        <div className={styles['tools']}>
          <Button
            look="quiet"
            icon
            aria-label={`${title} as a table`}
            title="As a table"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 size={16} aria-hidden />
          </Button>
          <Button
            look="quiet"
            icon
            aria-label={`Save ${title} as PNG`}
            title="Save as PNG"
            disabled={asTable || table.xs.length === 0}
            onClick={() => savePng(`${fileName}.png`)}
          >
            <ImageDown size={16} aria-hidden />
          </Button>
          <Button
            look="quiet"
            icon
            aria-label={`Save ${title} as CSV`}
            title="Save as CSV"
            disabled={table.xs.length === 0 || !csv}
            onClick={() => csv && saveText(csv(), `${fileName}.csv`)}
          >
            <FileText size={16} aria-hidden />
          </Button>
        </div>
      </div>
      <ul className={styles['legend']} ref={legend}>
        {series.map((line, i) =>
          line.faint ? (
            <li key={line.label} hidden>
              <span className={swatchClass(line)} />
            </li>
          ) : (
            <li key={line.label}>
              <span className={swatchClass(line)} />
              {line.label} <strong>{shown[i] === null || shown[i] === undefined ? '–' : formatY(shown[i])}</strong>
            </li>
          ),
        )}
        {hovered !== null && table.xs[hovered] !== undefined && (
          <li>
            at {xLabel} {formatX(table.xs[hovered])}
          </li>
        )}
      </ul>
      {asTable ? (
        <SeriesTable {...props} table={table} height={height} />
      ) : (
        <div className={styles['lineChartPlot']} style={{ height }}>
          <div ref={box} aria-hidden />
          {table.xs.length === 0 && <p className={styles['empty']}>{empty}</p>}
        </div>
      )}
    </figure>
  );
}

/** The value of a series at a row of the table, or the last one before it; the last of all without a row. */
function valueAt({ ys }: ChartTable, i: number, row: number | null): number | null {
  const column = ys[i] ?? [];
  return column.slice(0, row === null ? undefined : row + 1).findLast((y) => y !== null) ?? null;
}

interface SeriesTableProps extends LineChartProps {
  table: ChartTable;
  height: number;
}

function SeriesTable({ title, xLabel, series, table, formatX, formatY, height }: SeriesTableProps) {
  const rows = table.xs.slice(0, MAX_ROWS);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles['table']} style={{ height }} role="region" aria-label={`${title}, table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{xLabel}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((x, row) => (
            <tr key={x}>
              <th scope="row">{formatX(x)}</th>
              {series.map(({ label }, i) => {
                const y = table.ys[i]?.[row] ?? null;
                return <td key={label}>{y === null ? '' : formatY(y)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {table.xs.length > MAX_ROWS && (
        <p>
          The first {MAX_ROWS} of {table.xs.length} rows; the CSV has all of them.
        </p>
      )}
    </div>
  );
}
