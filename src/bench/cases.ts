import { BENCH_OPTIONS as options } from './benchOptions.ts';
import type { Remote } from 'comlink';
import { engine } from '../client/engineClient.ts';
import { deepHands, pooledEngine } from '../client/pool/pooledEngine.ts';
import { type Hands, WorkQueue } from '../client/queue/WorkQueue.ts';
import type { StageTimes } from '../core/model.ts';
import { DEFAULT_POLICY, planSize } from '../core/size/sizing.ts';
import type { BenchWorker, Measurement } from './benchWorker.ts';
import { drawnJpeg } from './drawnPhoto.ts';
import type { Provider } from './rivals/onnx.ts';

/** One measurement: milliseconds, and of which parts. */
export interface Sample {
  milliseconds: number;
  stages?: Partial<StageTimes>;
}

export interface Contender {
  name: string;
  measure(): Promise<Sample>;
}

/** Contenders that take turns at one piece of work; the first is ours. */
export interface Case {
  id: string;
  title: string;
  note: string;
  photos?: number;
  contenders: Contender[];
}

export interface CasesWanted {
  /** Tiny pieces of work, to see that all runs. */
  small: boolean;
  /** The official model is fetched for a contender of its own. */
  official: boolean;
  /** Providers of onnxruntime-web that can be had. */
  providers: readonly Provider[];
}

const IN_FLIGHT = 2;

const PROVIDERS: Readonly<Record<Provider, string>> = {
  wasm: 'onnxruntime-web on WASM',
  webgpu: 'onnxruntime-web on WebGPU',
};

async function anysize(blob: Blob, looks: 1 | 2): Promise<Sample> {
  const started = performance.now();
  const { times } = await engine.analyse('bench', { blob, name: 'photo.jpg' }, { ...options, looks });
  const { decode, size, backbone, spp, head } = times;
  return { milliseconds: performance.now() - started, stages: { decode, size, backbone, spp, head } };
}

/** All photos as the page's lists answer them, a few at a time, on one engine or on all. */
function batch(photos: readonly Blob[], all: boolean): Promise<Sample> {
  const started = performance.now();
  const hands: Hands = all ? deepHands : { count: 1, want: () => {} };
  const { analyse } = all ? pooledEngine : engine;
  return new Promise((resolve, reject) => {
    const queue = new WorkQueue({
      name: 'bench',
      concurrency: IN_FLIGHT,
      hands,
      cancel: () => {},
      tell: () => {},
      onIdle: () => resolve({ milliseconds: performance.now() - started }),
    });
    photos.forEach((blob, i) =>
      queue.add(String(i), async (task) => {
        await analyse(task, { blob, name: `${i}.jpg` }, options).catch(reject);
      }),
    );
  });
}

async function oneByOne(photos: readonly Blob[]): Promise<Sample> {
  const started = performance.now();
  for (const blob of photos) await anysize(blob, 2);
  return { milliseconds: performance.now() - started };
}

/** All that is measured on the bench page, by `npm run bench -- page` too. */
export async function benchCases(worker: Remote<BenchWorker>, wanted: CasesWanted): Promise<Case[]> {
  const { small, official, providers } = wanted;
  const rival = (name: string, what: Measurement): Contender => ({
    name,
    measure: async () => ({ milliseconds: await worker.measure(what) }),
  });
  const photoCase = async (id: string, width: number, height: number): Promise<Case> => {
    const photo = await drawnJpeg(width, height, width);
    const { input } = planSize({ width, height }, DEFAULT_POLICY);
    return {
      id,
      title: `One photo of ${width} × ${height}, from the file to classes`,
      note: 'A JPEG, drawn here. Anysize makes a thumbnail too; by default it looks twice, at areas of 300² and 224². The others look once and squash.',
      contenders: [
        { name: 'Anysize, one look', measure: () => anysize(photo, 1) },
        { name: 'Anysize, two looks (default)', measure: () => anysize(photo, 2) },
        rival('tfjs alone, as @tensorflow-models/mobilenet does it', { kind: 'tfjs photo', photo }),
        ...(official ? [rival('@tensorflow-models/mobilenet, official model', { kind: 'mobilenet', photo })] : []),
        ...providers.map((provider) =>
          rival(`${PROVIDERS[provider]}, our export`, { kind: 'onnx photo', provider, photo, ...input }),
        ),
      ],
    };
  };
  const backboneCase = (height: number, width: number): Case => ({
    id: `backbone ${width}x${height}`,
    title: `Image model alone, ${width} × ${height}`,
    note: 'The input is ready; one number of the answer is read. onnxruntime-web runs our export: the same network with SPP and a head of 10 classes.',
    contenders: [
      rival('tfjs, as Anysize runs it', { kind: 'backbone', height, width }),
      ...providers.map((provider) => rival(PROVIDERS[provider], { kind: 'onnx', provider, height, width })),
    ],
  });
  const poolingCase = (height: number, width: number): Case => ({
    id: `spp ${height}x${width}`,
    title: `SPP [4,2,1] of a map of ${height} × ${width} cells, 1280 channels`,
    note: 'One read and one write is tf.relu of the map: less is hardly possible.',
    contenders: [
      rival('Anysize’s kernel', { kind: 'pooling', way: 'kernel', height, width }),
      rival('tfjs’s own operations, bin by bin', { kind: 'pooling', way: 'composition', height, width }),
      rival('one read and one write', { kind: 'pooling', way: 'copy', height, width }),
    ],
  });
  const training = small ? { photos: 24, levels: [1], epochs: 2 } : { photos: 120, levels: [2, 1], epochs: 10 };
  const count = small ? 4 : 12;
  const photos = await Promise.all(
    Array.from({ length: count }, (_, i) => drawnJpeg(small ? 160 : 480 + 80 * i, small ? 120 : 360 + 60 * i, i)),
  );
  return [
    await photoCase('small photo', small ? 320 : 640, small ? 240 : 480),
    ...(small ? [] : [await photoCase('large photo', 4000, 3000)]),
    {
      id: 'batch',
      title: `${count} photos`,
      note: `${small ? '160 × 120' : '480 × 360 to 1,360 × 1,020'}, two looks and a thumbnail each, as in the page’s lists.`,
      photos: count,
      contenders: [
        { name: 'all at once, on all engines', measure: () => batch(photos, true) },
        { name: 'all at once, on one engine', measure: () => batch(photos, false) },
        { name: 'one after another', measure: () => oneByOne(photos) },
      ],
    },
    ...(small ? [backboneCase(96, 96)] : [backboneCase(224, 224), backboneCase(300, 300), backboneCase(480, 640)]),
    ...(small ? [poolingCase(7, 7)] : [poolingCase(20, 31), poolingCase(40, 60)]),
    {
      id: 'training',
      title: `A head trained on ${training.photos} photos, ${training.epochs} epochs`,
      note: `Vectors of [${training.levels.join()}] × 1280 are at hand. Adam, batch 32, five classes. Ours counts normalising too.`,
      contenders: [
        rival('Anysize', { kind: 'training', way: 'ours', ...training }),
        rival('tf.LayersModel.fit', { kind: 'training', way: 'fit', ...training }),
      ],
    },
  ];
}
