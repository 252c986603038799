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

/** Installs the packages of package-lock.json unless node_modules already holds just those. */
export function installPackages() {
  const installed = `${root}node_modules/.package-lock.json`;
  const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
  if (!fresh) mustRun('npm', ['ci', '--no-audit', '--no-fund']);
}

/** True where a Chromium is on the PATH or named by CHROMIUM_PATH. */
function hasSystemChromium() {
  if (process.env.CHROMIUM_PATH) return true;
  return process.platform === 'linux' && spawnSync('sh', ['-c', 'command -v chromium']).status === 0;
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Installs Chromium unless there is one: Debian's package when root on Debian, else Playwright's own. */
export async function installChromium() {
  if (hasSystemChromium()) return;
  if (process.getuid?.() === 0 && isDebian()) {
    mustRun('apt-get', ['update']);
    mustRun('apt-get', ['install', '-y', 'chromium']);
    return;
  }
  const { chromium } = await import('playwright');
  if (!existsSync(chromium.executablePath())) mustRun('npx', ['playwright', 'install', 'chromium']);
}
