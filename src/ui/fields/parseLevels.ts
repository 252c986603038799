import { checkLevels, PyramidError } from '../../core/pyramid/geometry.ts';

/**
 * Levels as typed: whole numbers with commas or spaces between, brackets allowed: "4, 2, 1" or "[4 2 1]".
 * @throws PyramidError with a message for people
 */
export function parseLevels(text: string): number[] {
  const parts = text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const levels = parts.map((part) => {
    if (!/^\d+$/.test(part)) throw new PyramidError(`“${part}” is no whole number; write levels like 4, 2, 1`);
    return Number(part);
  });
  checkLevels(levels);
  return levels;
}
