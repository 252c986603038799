import type { Scale } from '../core/model.ts';

/** Numbers as people read them, each with its unit. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 26880 → "26,880". */
export function count(value: number): string {
  return whole.format(value);
}

/** "1 photo", "12 photos". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** 0.9184 → "91.8 %"; a score that is not 0 or 1 never reads as if it were. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  if (value > 0 && value < 0.05) return '<0.1\u00a0%';
  if (value < 100 && value >= 99.95) return '>99.9\u00a0%';
  return `${value.toFixed(1)}\u00a0%`;
}

/** 0.84 → "84 %". */
export function wholePercent(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}

/** Milliseconds: "0.4 ms", "84 ms", "2.31 s". */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** A coarse time to wait: "5 s", "40 s", "3 min", "2 h". */
export function wait(seconds: number): string {
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** Bytes in decimal units: "48 kB", "1.4 MB", "2.1 GB". */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(0)} kB`;
  if (value < 1e9) return `${(value / 1e6).toFixed(1)} MB`;
  return `${(value / 1e9).toFixed(2)} GB`;
}

const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** Date and time as the browser's language has them: "21 Nov 2026, 17:05". A browser of the bare locale `C` has none: English then. */
export function moment(date: string): string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat(undefined, MOMENT);
  } catch {
    format = new Intl.DateTimeFormat('en', MOMENT);
  }
  return format.format(new Date(date));
}

/** Pixels: "6000×4000". */
export function dimensions(size: { width: number; height: number }): string {
  return `${size.width}×${size.height}`;
}

// C0 and C1 controls, and the marks that reorder or hide text.
// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A file or class name with its invisible characters made visible, so that it cannot pass for another. */
export function visibleName(name: string): string {
  if (name === '') return '(no name)';
  return name.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20
      ? String.fromCodePoint(0x2400 + code)
      : `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}

/** One of several sizes of an image: "224 px", "native". */
export function scaleName(scale: Scale): string {
  return scale === 'native' ? scale : `${scale} px`;
}

/** With a capital letter at its beginning. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
