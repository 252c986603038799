import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from './png.ts';

/** Folders red, green and blue with so many small pictures each, every one of its own size. */
export function drawnFolders(folder: string, count: number): string {
  const colours = { red: [200, 60, 50], green: [60, 180, 70], blue: [60, 80, 210] } as const;
  for (const [name, [r, g, b]] of Object.entries(colours)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < count; i++) {
      const width = 64 + 8 * i;
      const height = 96 - 5 * i;
      // Stripes of another width in each picture, so that none is a near-duplicate of another.
      const file = png(width, height, (x, y) => {
        const light = (x * (i + 1) + y * ((i % 3) + 1)) % 48 < 24 ? 1 : 0.4;
        return [r * light, g * light, b * light];
      });
      writeFileSync(join(folder, name, `${i}.png`), file);
    }
  }
  return folder;
}
