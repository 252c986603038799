import * as tf from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import type { BackboneName, BackendInfo, Size } from '../../core/model.ts';
import { type Asking, Batches } from '../../core/tasks/Batches.ts';
import { type Cutting, type Models, PieceTooLarge, type Work } from './models.ts';

/** An input of the backbone in one piece. */
export interface PassInput {
  backbone: BackboneName;
  /** [height, width, 3], values 0…1. */
  pixels: Float32Array;
  size: Size;
  /** Whether `block_13_expand` is wanted too, which the embedded backbone alone has. */
  middle: boolean;
}

/** A layer's values, [height, width, channels]. */
export interface Layer extends Size {
  data: Float32Array;
}

export interface PassOutput {
  last: Layer;
  middle: Layer | null;
  /** Its share of the time that the backend took. */
  milliseconds: number;
}

/** What a pass needs of the session. */
interface Backend {
  info: BackendInfo;
  /** Largest input in one piece, in pixels. */
  pixelBudget: number;
}
type Submit = <Result>(work: Work<Result>, cutting: Cutting) => Promise<Result>;

const MOST_TOGETHER = 8;
/** Inputs of one batch together: eight of 280². With 400 bytes a pixel their buffers are as many as the session keeps for the next. */
const MOST_PIXELS = 640_000;
/** The same on a GPU in software, which takes seconds for them: two of 224². */
const MOST_PIXELS_IN_SOFTWARE = 2 ** 17;
/** Batches on their way: one computes, one is there when it is done. */
const DEPTH = 2;

/** The batch was begun on a GPU, and another backend runs by now. */
class OtherBackend extends Error {}

/**
 * The backbone on a GPU, on inputs in one piece. Those of one size that wait go together, and a batch is submitted while the answers of the one before
 * are computed and read back. A backend that takes the GPU's place in the middle does them one by one.
 */
export class BackbonePasses {
  private readonly batches = new Batches<PassInput, PassOutput>({
    keyOf: ({ backbone, size, middle }) => [backbone, size.width, size.height, middle].join(),
    most: ({ size }) => this.most(size),
    depth: DEPTH,
    run: (inputs) => this.run(inputs),
  });
  /** Less after the GPU had no room for so many. */
  private mostPixels = MOST_PIXELS;
  private lastEnd = 0;

  constructor(
    private readonly submit: Submit,
    private readonly backend: Backend,
  ) {}

  /**
   * @throws AnysizeError `LabelsUnavailable` where the official backbone is asked for and not loaded; {@link PieceTooLarge}; `OutOfMemory`; what
   *   the signal is aborted with
   */
  pass(input: PassInput, asking: Asking = {}): Promise<PassOutput> {
    return this.batches.add(input, asking);
  }

  private most({ width, height }: Size): number {
    const { info, pixelBudget } = this.backend;
    if (info.name !== 'webgpu') return 1;
    const pixels = Math.min(this.mostPixels, pixelBudget, info.software ? MOST_PIXELS_IN_SOFTWARE : Infinity);
    return Math.min(MOST_TOGETHER, Math.floor(pixels / (width * height)));
  }

  private async run(inputs: readonly PassInput[]): Promise<PassOutput[]> {
    const photos = inputs.length;
    try {
      return await this.submit(
        async (models, { name }) => {
          if (photos > 1 && name !== 'webgpu') throw new OtherBackend();
          return this.execute(models, inputs);
        },
        { shrinks: true, photos },
      );
    } catch (error) {
      if (photos > 1 && error instanceof PieceTooLarge) {
        this.mostPixels = Math.floor(inputs.reduce((sum, { size }) => sum + size.width * size.height, 0) / 2);
      }
      throw error;
    }
  }

  /** All of it is given to the backend before anything is waited for. */
  private async execute(models: Models, inputs: readonly PassInput[]): Promise<PassOutput[]> {
    const [first] = inputs;
    if (!first) return [];
    const begun = performance.now();
    const backbone = first.backbone === 'imagenet' ? models.imagenet?.backbone : models.embedded;
    if (!backbone) throw new AnysizeError('LabelsUnavailable', 'The ImageNet model is not loaded.');
    const { width, height } = first.size;
    const maps = tf.tidy(() =>
      backbone.runBatch(tf.tensor4d(joined(inputs), [inputs.length, height, width, 3]), first.middle),
    );
    try {
      const [last = [], middle] = await Promise.all(maps.map(layersOf));
      const ended = performance.now();
      const milliseconds = (ended - Math.max(begun, this.lastEnd)) / inputs.length;
      this.lastEnd = ended;
      return last.map((layer, i) => ({ last: layer, middle: middle?.[i] ?? null, milliseconds }));
    } finally {
      tf.dispose(maps);
    }
  }
}

function joined(inputs: readonly PassInput[]): Float32Array {
  const [first] = inputs;
  if (first && inputs.length === 1) return first.pixels;
  const length = first?.pixels.length ?? 0;
  const all = new Float32Array(length * inputs.length);
  inputs.forEach(({ pixels }, i) => all.set(pixels, i * length));
  return all;
}

async function layersOf(maps: tf.Tensor4D): Promise<Layer[]> {
  const [count, height, width] = maps.shape;
  const data = await maps.data<'float32'>();
  if (count === 1) return [{ data, height, width }];
  const length = data.length / count;
  // Copies: one that is kept must not keep the others.
  return Array.from({ length: count }, (_, i) => ({ data: data.slice(i * length, (i + 1) * length), height, width }));
}
