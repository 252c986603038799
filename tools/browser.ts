import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The first of these commands that is on the PATH, as a file's name. */
function onPath(commands: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return undefined;
  for (const command of commands) {
    try {
      const path = execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
      if (path && existsSync(path)) return path;
    } catch {
      // It is not there.
    }
  }
  return undefined;
}

/**
 * Playwright launch options under which WebGPU runs headless, on a software adapter where there is no GPU. The browser is the one at
 * `CHROMIUM_PATH`, else the system's, else Playwright's own.
 *
 * Tests take the system's `chromium-headless-shell` where it is there: the same engine with no windows to draw, so that opening a page takes
 * half the processor time. `whole` is for what only the browser around the page can do, and for measurements.
 */
export function browserLaunch(kind: 'shell' | 'whole' = 'shell'): { executablePath?: string; args: string[] } {
  const commands = kind === 'shell' ? ['chromium-headless-shell', 'chromium'] : ['chromium'];
  const executablePath = process.env['CHROMIUM_PATH'] || onPath(commands);
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--enable-unsafe-webgpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
