/** 500 images of 500 sizes in a row, classified or trained on: what stays behind. */
import { engine } from '../src/client/engineClient.ts';
import { trainFromConsole } from '../src/client/consoleTraining.ts';
import type { BackendInfo, SizePolicy } from '../src/core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../src/core/size/policies/native.ts';
import { peakCell, megabytes } from './memoryCells.ts';
import type { Row } from './table.ts';

const SIZES = 500;
/** Training goes in rounds: each adds photos to those before and trains on all. */
const ROUND = 100;
/** What the streams may take: the WASM heap of the largest image, with room; pooled GPU buffers, which the engine trims. */
const MAX_BYTES = { wasm: 128 * 2 ** 20, webgpu: 400 * 2 ** 20 };

const native: SizePolicy = { kind: 'native', maxPixels: DEFAULT_MAX_PIXELS };

/** 33 × 33 to 120 × 99, no two alike: small, for a GPU in software. */
function sizeOf(i: number): { width: number; height: number } {
  return { width: 33 + (i % 88), height: 33 + Math.floor(i / 88) * 12 + (i % 7) };
}

/** A picture drawn by its number; even ones are reddish with a disc, odd ones bluish with a bar. */
export function drawn(i: number): Promise<Blob> {
  const { width, height } = sizeOf(i);
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  let state = i + 1;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const [red, blue] = i % 2 ? [60, 200] : [200, 60];
  drawing.fillStyle = `rgb(${red},${random() * 255},${blue})`;
  drawing.fillRect(0, 0, width, height);
  for (let shape = 0; shape < 6; shape++) {
    drawing.fillStyle = `rgb(${red + random() * 55},${random() * 255},${blue + random() * 55})`;
    const [x, y] = [random() * width, random() * height];
    if (i % 2) {
      drawing.fillRect(x, y, width / 2, 5);
      continue;
    }
    drawing.beginPath();
    drawing.arc(x, y, 9, 0, 7);
    drawing.fill();
  }
  return canvas.convertToBlob();
}

/** Looks at the engine's memory again and again, and sums up what it saw. */
class Watcher {
  private readonly tensors = new Set<number>();
  private most = 0;

  constructor(private readonly backend: 'wasm' | 'webgpu') {}

  async look(settled: boolean): Promise<void> {
    const memory = await engine.memory();
    if (settled) this.tensors.add(memory.numTensors);
    this.most = Math.max(this.most, memory.wasmHeapBytes ?? memory.numBytesAllocatedInGPU ?? Infinity);
  }

  async row(info: BackendInfo, what: string): Promise<Row> {
    const limit = MAX_BYTES[this.backend];
    const constant = this.tensors.size === 1;
    const { cell, met } = await peakCell();
    const counts = constant ? `constant (${[...this.tensors][0]})` : `${this.tensors.size} counts`;
    return {
      cells: [`${info.name}, ${info.device}`, what, megabytes(this.most), counts, cell],
      target: { text: `< ${megabytes(limit)}, constant`, met: this.most < limit && constant && met },
    };
  }
}

/** Vectors of images of 500 sizes at their native size. */
export async function classifying(backend: 'wasm' | 'webgpu', progress: (text: string) => void): Promise<Row> {
  const info = await engine.use(backend);
  await window.benchResetPeak();
  const watcher = new Watcher(backend);
  for (let i = 0; i < SIZES; i++) {
    await engine.vector({ blob: await drawn(i), name: `${i}` }, native, {
      levels: [4, 2, 1],
      rule: 'adaptive',
      pooling: 'max',
    });
    await watcher.look(true);
    if (i % 50 === 49) progress(`${backend}: ${i + 1} of ${SIZES} sizes classified`);
  }
  return watcher.row(info, `${SIZES} classified`);
}

/** Training on photos of 500 sizes at their native size, 100 more each time. */
export async function training(backend: 'wasm' | 'webgpu', progress: (text: string) => void): Promise<Row> {
  const info = await engine.use(backend);
  await window.benchResetPeak();
  const watcher = new Watcher(backend);
  const classes: Record<'discs' | 'bars', Blob[]> = { discs: [], bars: [] };
  for (let i = 0; i < SIZES; i++) {
    classes[i % 2 ? 'bars' : 'discs'].push(await drawn(i));
    if (i % ROUND !== ROUND - 1) continue;
    const looks: Promise<void>[] = [];
    const { run, accuracy } = await trainFromConsole({ classes, options: { policy: native } }, (told) => {
      if (told.phase === 'vectors') looks.push(watcher.look(false));
    });
    await Promise.all(looks);
    await watcher.look(true);
    if (run.failed.length) throw new Error(`${run.failed.length} photos failed: ${run.failed[0]?.message}`);
    if (run.predictions.length !== i + 1) throw new Error(`${run.predictions.length} photos of ${i + 1} were used`);
    progress(`${backend}: trained on ${i + 1} of ${SIZES} sizes, ${((accuracy ?? 0) * 100).toFixed(0)} % right`);
  }
  return watcher.row(info, `${SIZES} trained on`);
}
