// Parts of WebAssembly text, which the modules in SIMD are assembled from.

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);
/** A line for each of so many numbers. */
export const each = (count: number, line: (i: number) => string) => range(count).map(line).join('\n');
