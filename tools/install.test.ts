import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;

/** A project of one file, and commands that only note how they were called. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'anysize-install-'));
  for (const folder of ['bin', 'tools', 'node_modules/playwright']) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync(new URL('install.mjs', import.meta.url), join(root, 'tools/install.mjs'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(
    join(root, 'node_modules/playwright/index.js'),
    "exports.chromium = { executablePath: () => '/no/such/file' };",
  );
  for (const command of ['npm', 'npx', 'apt-get']) standIn(command, 0);
});

afterEach(() => rmSync(root, { recursive: true }));

function standIn(command: string, exitCode: number): void {
  const file = join(root, 'bin', command);
  writeFileSync(file, `#!/bin/sh\necho "${command} $*" >> "${root}/calls"\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
}

/** Runs a line of code on the copy's exports, `it`, and tells what was called and said. */
function calls(code: string): { called: string[]; said: string } {
  const script = `const it = await import(${JSON.stringify(`file://${root}/tools/install.mjs`)}); ${code}`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: join(root, 'bin') },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const log = join(root, 'calls');
  return { called: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [], said: stderr };
}

const chromium = (osRelease: string, isRoot: boolean) =>
  calls(`await it.installChromium(${JSON.stringify({ osRelease, isRoot })});`);
const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
const UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n';

test('packages are installed with the tools, whatever npm is set to leave out', () => {
  expect(calls('it.installPackages();').called).toEqual(['npm ci --include=dev --no-audit --no-fund']);
});

test('packages that were installed without the tools are installed anew', () => {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}');
  expect(calls('it.installPackages();').called).toHaveLength(1);
  mkdirSync(join(root, 'node_modules/vite'));
  rmSync(join(root, 'calls'));
  expect(calls('it.installPackages();').called).toEqual([]);
});

test("Debian's Chromium is taken on Debian, as root", () => {
  expect(chromium(DEBIAN, true).called).toEqual([
    'apt-get update',
    'apt-get install -y chromium chromium-headless-shell',
  ]);
});

test("Playwright's own is taken on Ubuntu, and by others than root", () => {
  expect(chromium(UBUNTU, true).called).toEqual(['npx playwright install chromium --with-deps']);
  rmSync(join(root, 'calls'));
  expect(chromium(DEBIAN, false).called).toEqual(['npx playwright install chromium']);
});

test("Playwright's own is taken where Debian's cannot be had, and that is said", () => {
  standIn('apt-get', 100);
  const { called, said } = chromium(DEBIAN, true);
  expect(called).toEqual(['apt-get update', 'npx playwright install chromium']);
  expect(said).toMatch(/Playwright's own instead/);
});
