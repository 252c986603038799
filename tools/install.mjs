import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the project's root with its output shown; returns its exit code. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

function mustRun(command, args) {
  const code = run(command, args);
  if (code !== 0) {
    console.error(`\n${command} ${args.join(' ')} failed (exit code ${code}).`);
    process.exit(code);
  }
}

/** Refuses a Node older than package.json asks for, which would fail later with a stranger message. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Anysize needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

/** Installs the packages of package-lock.json unless node_modules already holds just those; also where npm is set to leave out tools. */
export function installPackages() {
  const installed = `${root}node_modules/.package-lock.json`;
  const fresh =
    existsSync(`${root}node_modules/vite`) &&
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
  if (!fresh) mustRun('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

/** True where a Chromium is on the PATH or named by CHROMIUM_PATH. */
function hasSystemChromium() {
  if (process.env.CHROMIUM_PATH) return true;
  return process.platform === 'linux' && spawnSync('sh', ['-c', 'command -v chromium']).status === 0;
}

/** Debian's packages: the browser, and the same without windows, which most tests take (see browser.ts). */
const DEBIAN_PACKAGES = ['chromium', 'chromium-headless-shell'];

function readOsRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

/**
 * Installs Chromium unless there is one: Debian's packages when root on Debian, else, or where that fails, Playwright's own.
 * Systems that only descend from Debian do not have the package: Ubuntu's installs a snap.
 */
export async function installChromium({ osRelease = readOsRelease(), isRoot = process.getuid?.() === 0 } = {}) {
  if (hasSystemChromium()) return;
  if (isRoot && /^ID=["']?debian["']?\s*$/m.test(osRelease)) {
    if (run('apt-get', ['update']) === 0 && run('apt-get', ['install', '-y', ...DEBIAN_PACKAGES]) === 0) return;
    console.error("\nDebian's chromium could not be installed: taking Playwright's own instead.\n");
  }
  const { chromium } = await import('playwright');
  if (existsSync(chromium.executablePath())) return;
  const install = ['playwright', 'install', 'chromium'];
  // Ubuntu and its like: with the system's libraries that it needs, which only root can install.
  const withLibraries = isRoot && /^ID_LIKE=.*debian/m.test(osRelease);
  if (!withLibraries || run('npx', [...install, '--with-deps']) !== 0) mustRun('npx', install);
}
