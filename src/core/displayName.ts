const LONGEST = 60;
const TAIL = 20;

/**
 * A file's name as messages show it: quoted, its control and text-direction characters replaced (they could make `exe.jpg` read `gpj.exe`),
 * a long one shortened in the middle so that its ending stays in sight.
 */
export function displayName(name: string): string {
  const characters = [...name.replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD')];
  const short =
    characters.length <= LONGEST
      ? characters
      : [...characters.slice(0, LONGEST - TAIL - 1), '…', ...characters.slice(-TAIL)];
  return `“${short.join('')}”`;
}
