import { expose, transfer } from 'comlink';
import { fetchBackbone } from '../../../client/shippedModel.ts';
import type { Finder } from '../../../core/find/model.ts';
import { readBackboneGraph } from '../../../formats/backboneGraph.ts';
import { finderMapsModel, finderWindowsModel } from '../../../formats/finder/finderModel.ts';
import { findProgram } from '../../../formats/finder/findProgram.ts';
import { zipFiles } from '../../../formats/zip/zipFiles.ts';

const finderExporter = {
  /**
   * Both models of a finder and the Python program that runs them, in a zip.
   * @param base the app's base URL, absolute
   */
  async zip(
    finder: Finder,
    base: string,
    version: string,
    onProgress: (fraction: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { json, weights } = await fetchBackbone(base, (fraction) => onProgress(0.7 * fraction));
    const file = await zipFiles({
      'anysize_find.py': new TextEncoder().encode(findProgram()),
      'maps.onnx': finderMapsModel(finder, readBackboneGraph(JSON.parse(json), weights.buffer), version),
      'windows.onnx': finderWindowsModel(finder, version),
    });
    return transfer(file, [file.buffer]);
  },
};

export type FinderExporter = typeof finderExporter;

expose(finderExporter);
