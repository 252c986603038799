export type CsvValue = string | number | null;

/** What a spreadsheet would run as a formula when a text cell starts with it. */
const FORMULA_START = /^[=+\-@\t\r]/;

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV text, its CRLF included; see {@link csv}. */
export function csvLine(row: readonly CsvValue[]): string {
  return row.map(cell).join(',') + '\r\n';
}

/**
 * A CSV text (RFC 4180: CRLF, doubled quotes). Numbers are written in full precision; null and non-finite numbers are empty.
 * Text that a spreadsheet would run as a formula (starting with = + - @, tab or return) gets a leading apostrophe.
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map(csvLine).join('');
}
