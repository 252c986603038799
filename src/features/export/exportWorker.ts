import { expose, transfer } from 'comlink';
import { AnysizeError } from '../../core/errors.ts';
import { headFromSafetensors, type ImportedHead } from '../../formats/pytorch/pytorchHead.ts';
import { buildExport, type ExportRequest } from './buildExport.ts';

/** A head of 1000 classes on the largest usual pyramid takes 256 MB. */
const MAX_HEAD_BYTES = 512e6;

const exporter = {
  async build(request: ExportRequest, onProgress: (fraction: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const file = await buildExport(request, onProgress);
    return transfer(file, [file.buffer]);
  },

  async readHead(file: File, id: string): Promise<ImportedHead> {
    if (file.size > MAX_HEAD_BYTES) {
      const message = `${file.name} takes ${Math.round(file.size / 1e6)} MB; a head of at most ${MAX_HEAD_BYTES / 1e6} MB can be read.`;
      throw new AnysizeError('BadModel', message);
    }
    const imported = headFromSafetensors(new Uint8Array(await file.arrayBuffer()), file.name, id);
    const { weights, bias, mean } = imported.head;
    return transfer(imported, [weights.buffer, bias.buffer, ...(mean ? [mean.buffer] : [])]);
  },
};

export type Exporter = typeof exporter;

expose(exporter);
