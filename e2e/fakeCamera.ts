import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserLaunch } from '../tools/browser.ts';
import { test as base } from './fixtures.ts';

/** A video in the Y4M format. @param frames each of planes Y, U, V, the colours at half the size in both directions */
export function y4m(width: number, height: number, fps: number, frames: readonly Buffer[]): Buffer {
  const head = `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(head), ...frames.flatMap((frame) => [Buffer.from('FRAME\n'), frame])]);
}

/** A picture of red, green and blue, 0…255, as planes of full-range YUV; of even sides. */
export function planes(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly [number, number, number],
): Buffer {
  const luma = Buffer.alloc(width * height);
  const [u, v] = [Buffer.alloc(luma.length / 4), Buffer.alloc(luma.length / 4)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = paint(x, y);
      luma[y * width + x] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      if (x % 2 || y % 2) continue;
      const at = (y / 2) * (width / 2) + x / 2;
      u[at] = Math.max(0, Math.min(255, Math.round(128 - 0.1687 * r - 0.3313 * g + 0.5 * b)));
      v[at] = Math.max(0, Math.min(255, Math.round(128 + 0.5 * r - 0.4187 * g - 0.0813 * b)));
    }
  }
  return Buffer.concat([luma, u, v]);
}

/** Tests whose browser has a camera that plays a video over and over. */
export function withCamera(name: string, video: () => Buffer) {
  return base.extend({
    browser: [
      async ({ playwright, browserName }, use, info) => {
        mkdirSync(info.project.outputDir, { recursive: true });
        const file = join(info.project.outputDir, `camera-${name}-${info.workerIndex}.y4m`);
        if (!existsSync(file)) writeFileSync(file, video());
        const { args, ...launch } = browserLaunch();
        const browser = await playwright[browserName].launch({
          ...launch,
          args: [
            ...args,
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-video-capture=${file}`,
          ],
        });
        await use(browser);
        await browser.close();
      },
      { scope: 'worker' },
    ],
  });
}
