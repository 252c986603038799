import { proxy } from 'comlink';
import { version } from '../../../../package.json';
import { inOwnWorker } from '../../../client/inOwnWorker.ts';
import { AnysizeError } from '../../../core/errors.ts';
import type { Finder } from '../../../core/find/model.ts';
import { safeName } from '../../../formats/safeName.ts';
import type { FinderExporter } from './finderExportWorker.ts';

function died(why: string): AnysizeError {
  const reason = why || 'it ran out of memory, or could not be loaded';
  return new AnysizeError('BadModel', `The work stopped: ${reason}. Try again, or reload the page.`);
}

/**
 * The files in which a finder leaves the page, made in a worker of their own: today one zip of both ONNX models and the Python program.
 * @param onProgress 0…1
 * @throws AnysizeError `BadModel` where the embedded model cannot be had, `BadArgument` where the finder is inconsistent
 */
export async function finderExport(
  { finder, name }: { finder: Finder; name: string },
  onProgress: (fraction: number) => void = () => {},
): Promise<{ name: string; blob: Blob }[]> {
  const worker = new Worker(new URL('./finderExportWorker.ts', import.meta.url), {
    type: 'module',
    name: 'anysize-finder-export',
  });
  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const named = { ...finder, name };
  const work = inOwnWorker<FinderExporter, Uint8Array<ArrayBuffer>>(
    worker,
    (exporter) => exporter.zip(named, base, version, proxy(onProgress)),
    died,
  );
  return [
    { name: `${safeName(name, 'finder')}-finder.zip`, blob: new Blob([await work], { type: 'application/zip' }) },
  ];
}
