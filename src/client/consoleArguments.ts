import { AnysizeError } from '../core/errors.ts';
import type { Tensor } from '../worker/api.ts';

/** Rows of [top, left, bottom, right]: a list of rows, or all numbers in one typed array or `{shape: [N, 4], data}`. */
export type Windows =
  | readonly ArrayLike<number>[]
  | NumberArray
  | { shape: readonly number[]; data: ArrayLike<number> };

type NumberArray = Float32Array | Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array;

function refuse(message: string): never {
  throw new AnysizeError('BadArgument', message);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** A list of numbers in any form JavaScript has, or null. */
function numbers(value: unknown): number[] | null {
  if (!isList(value)) return null;
  const list = Array.from(value);
  return list.every((one) => typeof one === 'number') ? list : null;
}

/**
 * An image file as handed to a console call.
 * @throws AnysizeError `BadArgument`
 */
export function blobArgument(blob: unknown): Blob {
  if (blob instanceof Blob) return blob;
  const got = blob === null ? 'null' : Array.isArray(blob) ? 'an array' : typeof blob;
  return refuse(
    `An image is handed over as a File or Blob; got ${got}. For an address: await (await fetch(url)).blob().`,
  );
}

/**
 * A map {shape: [height, width, channels], data} with as many values as its shape says.
 * @throws AnysizeError `BadArgument`
 */
export function mapArgument(map: unknown): Tensor {
  const { shape, data } = (map ?? {}) as { shape?: unknown; data?: unknown };
  const sides = numbers(shape);
  if (!sides || !isList(data)) return refuse('spp() wants {shape: [height, width, channels], data} first.');
  return { shape: sides, data: data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>) };
}

/** Levels as a plain list. What is no pyramid at all is told here; which numbers will do, where bins are placed. */
export function levelsArgument(levels: unknown): number[] {
  return isList(levels)
    ? (Array.from(levels) as number[])
    : refuse(`levels is a list such as [4, 2, 1]; got ${String(levels)}`);
}

/**
 * Windows as rows of four numbers.
 * @throws AnysizeError `BadArgument`
 */
export function windowsArgument(windows: unknown): number[][] {
  const { shape, data } = (windows ?? {}) as { shape?: unknown; data?: unknown };
  const flat = ArrayBuffer.isView(windows) ? numbers(windows) : shape === undefined ? null : numbers(data);
  if (flat) {
    if (flat.length % 4 === 0) return Array.from({ length: flat.length / 4 }, (_, i) => flat.slice(4 * i, 4 * i + 4));
  } else if (Array.isArray(windows)) {
    const rows = windows.map(numbers);
    if (rows.every((row) => row?.length === 4)) return rows as number[][];
  }
  return refuse('windows is a list of rows [top, left, bottom, right], in cells.');
}
