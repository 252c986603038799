import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin, Rollup } from 'vite';

interface Shipped {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** What the service worker is made of, beside our bundles. */
const SERVICE_WORKER = ['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];
const ROOT = dirname(import.meta.dirname);

/** The package that a bundled module is of; null for our own. */
function packageOf(moduleId: string): Shipped | null {
  const id = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id);
  const folder = found?.[1];
  if (!folder || !existsSync(join(folder, 'package.json'))) return null;
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file));
  const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { name, version, licence: license ?? 'not stated', text };
}

/**
 * Puts what others ask for into the build: our LICENSE and NOTICE, and THIRD-PARTY.txt with the licence of every package of which a module is
 * bundled, into the page or a worker.
 */
export function licences(): { page: Plugin; worker: Plugin } {
  const modules = new Set<string>();
  const collect = (bundle: Rollup.OutputBundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id);
    }
  };
  return {
    worker: { name: 'anysize-licences-worker', generateBundle: (_, bundle) => collect(bundle) },
    page: {
      name: 'anysize-licences',
      apply: 'build',
      generateBundle(_, bundle) {
        collect(bundle);
        for (const name of SERVICE_WORKER) modules.add(join(ROOT, 'node_modules', name, 'index.js'));
        const packages = new Map<string, Shipped>();
        for (const id of modules) {
          const shipped = packageOf(id);
          if (shipped) packages.set(`${shipped.name} ${shipped.version}`, shipped);
        }
        const parts = [...packages.keys()].toSorted().map((key) => {
          const { licence, text } = packages.get(key)!;
          return `${key} (${licence})\n\n${text || `Its package holds no licence text; it states: ${licence}.`}`;
        });
        const source = ['Anysize ships parts of these packages.', ...parts].join(`\n\n${'='.repeat(80)}\n\n`);
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: `${source}\n` });
        for (const fileName of ['LICENSE', 'NOTICE']) {
          this.emitFile({
            type: 'asset',
            fileName: `${fileName}.txt`,
            source: readFileSync(join(ROOT, fileName)),
          });
        }
      },
    },
  };
}
