import { type BackboneFiles, fetchBackbone } from '../../client/shippedModel.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { readWhitenings } from '../../core/recipe/readWhitenings.ts';
import type { TrainingRun } from '../../core/training/model.ts';
import type { HeadData } from '../../core/model.ts';
import { type BackboneGraph, readBackboneGraph } from '../../formats/backboneGraph.ts';
import { dataHash, modelCard } from '../../formats/modelCard.ts';
import { onnxHeadModel, onnxPixelModel } from '../../formats/onnx/onnxModel.ts';
import { headToSafetensors } from '../../formats/pytorch/pytorchHead.ts';
import { backboneToSafetensors, pytorchProgram } from '../../formats/pytorch/pytorchProgram.ts';
import { onnxProgram } from '../../formats/onnx/onnxProgram.ts';
import { tfjsModel } from '../../formats/tfjs/tfjsModel.ts';
import { tfjsPage } from '../../formats/tfjs/tfjsPage.ts';
import { tfjsWhitening } from '../../formats/tfjs/tfjsWhitening.ts';
import { zipFiles } from '../../formats/zip/zipFiles.ts';
import type { ExportFormat } from './exportFormats.ts';
import { fetchTfjs, fetchWhitening } from './fetchShipped.ts';

export interface ExportRequest {
  format: ExportFormat;
  run: Omit<TrainingRun, 'head'>;
  head: HeadData;
  /** Probability below which an answer is “unknown”. */
  unknownBelow: number;
  /** SHA-256 of the run's photos, hex; null where some are not known any more. */
  hashes: readonly string[] | null;
  /** The app's base URL, absolute. */
  base: string;
  /** The app's version. */
  version: string;
}

const BACKBONE =
  'MobileNetV2 1.0 up to its last ReLU6, ImageNet weights by Google (Apache-2.0) in float16, as shipped with this version';

/**
 * Makes one export's file. Takes some tenths of a second: for a worker.
 * @param onProgress 0…1
 * @throws AnysizeError `BadModel` where the embedded model cannot be had, `BadArgument` where the head is inconsistent
 */
export async function buildExport(
  request: ExportRequest,
  onProgress: (fraction: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { format, head, unknownBelow, base, version } = request;
  const backbone = () => fetchBackbone(base, (fraction) => onProgress(0.7 * fraction));
  // Only heads on the recipe come with it.
  const whitening = headFeatures(head).kind === 'anysize' ? await fetchWhitening(base) : null;
  const whitenings = whitening && readWhitenings(whitening.buffer);
  switch (format) {
    case 'onnx':
      return onnxPixelModel(head, graphOf(await backbone()), version, unknownBelow, whitenings);
    case 'onnx-python':
      return zipFiles({
        'model.onnx': onnxPixelModel(head, graphOf(await backbone()), version, unknownBelow, whitenings),
        'anysize_onnx.py': bytes(onnxProgram()),
        'model-card.md': bytes(await card(request)),
      });
    case 'onnx-head':
      return onnxHeadModel(head, version, unknownBelow, whitenings);
    case 'safetensors':
      return headToSafetensors(head);
    case 'card':
      return bytes(await card(request));
    case 'pytorch':
      return zipFiles({
        'classify.py': bytes(pytorchProgram(head, unknownBelow)),
        'head.safetensors': headToSafetensors(head),
        'backbone.safetensors': backboneToSafetensors(graphOf(await backbone())),
        ...(whitening && { 'whitening.safetensors': whitening }),
        'model-card.md': bytes(await card(request)),
      });
    case 'tfjs': {
      const features = await backbone();
      const model = tfjsModel(head, version);
      return zipFiles({
        'index.html': bytes(tfjsPage(head, unknownBelow)),
        'tf.min.js': await fetchTfjs(base),
        'head/model.json': bytes(model['model.json']),
        'head/weights.bin': model['weights.bin'],
        'features/model.json': bytes(features.json),
        'features/weights.bin': features.weights,
        ...(whitening && inFolder('whitening', tfjsWhitening(whitening))),
        'model-card.md': bytes(await card(request)),
      });
    }
    default:
      return format satisfies never;
  }
}

async function card({ run, head, unknownBelow, hashes, version }: ExportRequest): Promise<string> {
  return modelCard({
    run,
    head,
    unknownBelow,
    dataHash: hashes && (await dataHash(hashes)),
    version,
    backbone: BACKBONE,
  });
}

function graphOf({ json, weights }: BackboneFiles): BackboneGraph {
  return readBackboneGraph(JSON.parse(json), weights.buffer);
}

function inFolder(
  folder: string,
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
): Record<string, Uint8Array<ArrayBuffer>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [`${folder}/${name}`, typeof file === 'string' ? bytes(file) : file]),
  );
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
