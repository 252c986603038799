import type { InferenceSession, Tensor } from 'onnxruntime-web';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import gpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { HeadData } from '../../core/model.ts';
import { DEFAULT_POLICY } from '../../core/size/sizing.ts';
import { readBackboneGraph } from '../../formats/backboneGraph.ts';
import { onnxPixelModel } from '../../formats/onnx/onnxModel.ts';

export type Provider = 'wasm' | 'webgpu';

const CHANNELS = 1280;
const CLASSES = 10;
const LEVELS = [4, 2, 1];

interface Running {
  session: InferenceSession;
  /** [1, 3, height, width] in 0…1. */
  tensor(values: Float32Array, height: number, width: number): Tensor;
}

const running = new Map<Provider, Promise<Running>>();

/** A head as exports have it; what its weights are is none of a clock's business. */
function someHead(): HeadData {
  const length = CHANNELS * LEVELS.reduce((sum, n) => sum + n * n, 0);
  return {
    id: 'bench',
    name: 'bench',
    classes: Array.from({ length: CLASSES }, (_, i) => `class ${i}`),
    pyramid: { levels: LEVELS, rule: 'adaptive', pooling: 'max' },
    policy: DEFAULT_POLICY,
    channels: CHANNELS,
    normalisation: { sqrt: false, l2: 'vector', centre: false },
    mean: null,
    scale: 1,
    weights: new Float32Array(CLASSES * length).fill(0.01),
    bias: new Float32Array(CLASSES),
  };
}

async function start(provider: Provider, base: string): Promise<Running> {
  const fetched = async (name: string) => {
    const answer = await fetch(new URL(`models/mobilenet-v2-features/${name}`, base));
    if (!answer.ok) throw new Error(`${name} of the image model answered ${answer.status}`);
    return answer;
  };
  const [json, weights] = await Promise.all([
    fetched('model.json').then((answer) => answer.text()),
    fetched('weights.bin').then((answer) => answer.arrayBuffer()),
  ]);
  const model = onnxPixelModel(someHead(), readBackboneGraph(JSON.parse(json) as unknown, weights), 'bench');
  // Each has the WebAssembly that is best for it: the one for GPUs can wait in the middle, which makes it slower elsewhere.
  const ort = provider === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: new URL(provider === 'wasm' ? wasmBinary : gpuBinary, location.href).href };
  const session = await ort.InferenceSession.create(model, { executionProviders: [provider] });
  return {
    session,
    tensor: (values, height, width) => new ort.Tensor('float32', values, [1, 3, height, width]),
  };
}

/** Milliseconds of our ONNX export (backbone, SPP and a head) in onnxruntime-web, one thread, for an input [3, height, width]. */
export async function timeOnnx(
  provider: Provider,
  base: string,
  values: Float32Array,
  height: number,
  width: number,
): Promise<number> {
  const started = running.get(provider) ?? start(provider, base);
  running.set(provider, started);
  const { session, tensor } = await started;
  const input = tensor(values, height, width);
  const before = performance.now();
  const { probabilities } = await session.run({ image: input });
  const answer = await probabilities?.getData();
  const spent = performance.now() - before;
  if (answer?.length !== CLASSES) throw new Error('onnxruntime-web gave another answer than the export’s');
  probabilities?.dispose();
  return spent;
}
