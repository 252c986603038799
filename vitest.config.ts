import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserLaunch } from './tools/browser.ts';
import { referenceModelFile } from './tools/browserCommands.ts';
import { hostileFile } from './tools/hostileFileCommand.ts';
import { knownPhoto, knownPhotos } from './tools/knownPhotoCommand.ts';

/** `npm run test:long`: what is long by repetition or size, and only that; tests of random input with many more runs. */
const long = process.env['ANYSIZE_LONG'] === '1';

/** Folders without stores, mocks and databases: their tests can share modules that are loaded once, which halves their time. */
const PURE = 'src/{core,formats,kernels}/**/*.test.ts';
/** `npm test`: those run in a project of their own, `pure`; else `--project unit` finds every unit test. */
const split = process.env['ANYSIZE_SPLIT'] === '1' && !long;
const unitFiles = {
  environment: 'node',
  exclude: ['**/*.browser.test.ts', '**/*.slow.test.ts', ...(long ? [] : ['**/*.long.test.ts'])],
  // Tests of random input take longer than the usual five seconds on a busy machine.
  testTimeout: long ? 300_000 : 30_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...unitFiles,
          name: 'unit',
          include: long ? ['{src,tools}/**/*.{fuzz,long}.test.ts'] : ['{src,tools}/**/*.test.ts'],
          exclude: [...unitFiles.exclude, ...(split ? [PURE] : [])],
          // Dearer to start than threads are processes.
          pool: 'threads',
        },
      },
      { test: { ...unitFiles, name: 'pure', include: split ? [PURE] : [], pool: 'threads', isolate: false } },
      {
        test: {
          name: 'slow',
          environment: 'node',
          include: ['{src,tools}/**/*.slow.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'kernels',
          include: [long ? 'src/**/*.long.browser.test.ts' : 'src/**/*.browser.test.ts'],
          exclude: long ? [] : ['**/*.long.browser.test.ts'],
          // Half a minute for 640×480 on WebGPU in software with two idle cores, and that more than once a test.
          testTimeout: long ? 400_000 : 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: browserLaunch() }),
            instances: [{ browser: 'chromium' }],
            commands: { hostileFile, knownPhoto, knownPhotos, referenceModelFile },
          },
        },
      },
    ],
  },
});
