import * as tf from '@tensorflow/tfjs-core';
import { spp } from '../kernels/spp/spp.ts';
import { type Answer, answerHead, answerImageNet } from './answer.ts';
import { gpuBytes } from './backend.ts';
import { AnysizeError } from './errors.ts';
import { Finetuning } from './finetune/finetuning.ts';
import type { FinetuneEngine } from './finetune/protocol.ts';
import { ImageMaps } from './imageMaps.ts';
import { pool } from './onePath.ts';
import type {
  Analysis,
  AnalyseOptions,
  BackboneName,
  BackendChoice,
  BackendInfo,
  Engine,
  EngineEvent,
  HeadChoice,
  HeadData,
  ImageInput,
  Inspection,
  LabelsSource,
  LabelsState,
  MemoryInfo,
  PyramidOptions,
  SizePolicy,
  SppRequest,
  Stage,
  Tensor,
} from './protocol.ts';
import { Session } from './session.ts';
import { newTimes, timed } from './stageTimes.ts';
import { Tasks } from './tasks.ts';

/** The engine of protocol.ts, as it runs in the worker. */
export class AnysizeEngine implements Engine, FinetuneEngine {
  private session: Session | null = null;
  private readonly listeners: ((event: EngineEvent) => void)[] = [];
  private readonly tasks = new Tasks();
  private readonly maps = new ImageMaps(() => this.running);
  private readonly heads = new Map<string, HeadData>();
  private readonly finetuning = new Finetuning(() => this.running, this.tasks, this.heads, this.maps);
  readonly ingest = this.finetuning.ingest.bind(this.finetuning);
  readonly train = this.finetuning.train.bind(this.finetuning);
  readonly control = this.finetuning.control.bind(this.finetuning);
  readonly findLearningRate = this.finetuning.findLearningRate.bind(this.finetuning);
  readonly compare = this.finetuning.compare.bind(this.finetuning);
  readonly explain = this.finetuning.explain.bind(this.finetuning);
  readonly augmentPreview = this.finetuning.augmentPreview.bind(this.finetuning);
  readonly quadrantExample = this.finetuning.quadrantExample.bind(this.finetuning);
  readonly vectorBytes = this.finetuning.vectorBytes.bind(this.finetuning);

  async start(base: string, backend: BackendChoice): Promise<BackendInfo> {
    this.session ??= new Session(base, backend, (event) => {
      for (const listener of this.listeners) listener(event);
    });
    return this.session.switchTo(backend);
  }

  use(backend: BackendChoice): Promise<BackendInfo> {
    return this.running.switchTo(backend);
  }

  async subscribe(listener: (event: EngineEvent) => void): Promise<void> {
    this.listeners.push(listener);
  }

  async analyse(
    task: string,
    image: ImageInput,
    options: AnalyseOptions,
    onStage?: (stage: Stage) => void,
  ): Promise<Analysis> {
    return this.tasks.run(task, async (signal) => {
      const { analysis } = await this.walk(image, options, signal, false, onStage);
      return analysis;
    });
  }

  async inspect(task: string, image: ImageInput, options: AnalyseOptions, classIndex?: number): Promise<Inspection> {
    return this.tasks.run(task, async (signal) => {
      const { analysis, mapped, vector, argmax, answer } = await this.walk(image, options, signal, true);
      const wanted = analysis.top.map((score) => score.index);
      if (classIndex !== undefined && !wanted.includes(classIndex)) wanted.push(classIndex);
      const evidence = answer
        ? await this.running.compute(() => Promise.all(wanted.map((k) => answer.explain(k))))
        : [];
      const shown = mapped.preview ?? new Blob();
      return { ...analysis, pyramid: options.pyramid, vector, argmax, evidence, preview: shown };
    });
  }

  async cancel(task: string): Promise<void> {
    this.tasks.cancel(task);
  }

  async features(image: ImageInput, policy: SizePolicy, backbone: BackboneName): Promise<Tensor> {
    const { map } = await this.maps.of(image, { policy, backbone });
    return { shape: [map.height, map.width, map.channels], data: map.data };
  }

  async vector(image: ImageInput, policy: SizePolicy, pyramid: PyramidOptions): Promise<Tensor> {
    const { map } = await this.maps.of(image, { policy, backbone: 'embedded' });
    const { vector } = await this.running.compute(() => pool(map, pyramid, false));
    return { shape: [vector.length], data: vector };
  }

  async spp(map: Tensor, { windows, ...options }: SppRequest): Promise<Tensor> {
    const [height, width, channels] = map.shape.length === 4 ? map.shape.slice(1) : map.shape;
    if (map.shape.length < 3 || !height || !width || !channels || height * width * channels !== map.data.length) {
      throw new AnysizeError('BadArgument', 'spp wants {shape: [height, width, channels], data} with that many values');
    }
    return this.running.compute(async () => {
      const output = tf.tidy(() =>
        spp(tf.tensor3d(map.data, [height, width, channels]), windows ? { ...options, windows } : options),
      );
      try {
        return { shape: output.shape, data: (await output.data()) as Float32Array };
      } finally {
        output.dispose();
      }
    });
  }

  loadLabels(source?: LabelsSource): Promise<LabelsState> {
    return this.running.loadLabels(source, true);
  }

  async setHead(head: HeadData): Promise<void> {
    this.heads.set(head.id, head);
  }

  async removeHead(id: string): Promise<void> {
    this.heads.delete(id);
  }

  async memory(): Promise<MemoryInfo> {
    const { numTensors, numBytes } = tf.memory();
    const heap = (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? null;
    return { numTensors, numBytes, numBytesAllocatedInGPU: gpuBytes(), heapBytes: heap };
  }

  async loseDevice(): Promise<void> {
    this.running.loseDevice();
  }

  private get running(): Session {
    if (!this.session) throw new AnysizeError('NoBackend', 'The engine has not started.');
    return this.session;
  }

  /** The one path of DESIGN.md for one image. */
  private async walk(
    image: ImageInput,
    options: AnalyseOptions,
    signal: AbortSignal,
    forInspection: boolean,
    onStage?: (stage: Stage) => void,
  ) {
    const started = performance.now();
    const times = newTimes();
    const notices: string[] = [];
    const head = await this.resolveHead(options.head, notices);
    signal.throwIfAborted();
    const backbone: BackboneName = head === 'imagenet' ? 'imagenet' : 'embedded';
    const { policy, maxPixels } = options;
    const mapped = await this.maps.of(image, {
      policy,
      backbone,
      maxPixels,
      wantPreview: forInspection,
      times,
      signal,
      onStage,
    });
    const { map } = mapped;
    const result = await this.running.compute(async (models, info) => {
      onStage?.('spp');
      const pooled = await timed(times, 'spp', () => pool(map, options.pyramid, forInspection));
      onStage?.('head');
      const answer = await timed(times, 'head', async (): Promise<Answer | null> => {
        if (head === 'imagenet')
          return models.imagenet ? answerImageNet(models.imagenet, map.data, map.channels) : null;
        if (!head) return null;
        const sameAsHead = JSON.stringify(head.pyramid) === JSON.stringify(options.pyramid);
        return answerHead(head, sameAsHead ? pooled.vector : (await pool(map, head.pyramid, false)).vector);
      });
      return { ...pooled, answer, backend: info.name };
    });
    signal.throwIfAborted();
    times.total = performance.now() - started;
    const analysis: Analysis = {
      facts: mapped.facts,
      plan: mapped.plan,
      map: { height: map.height, width: map.width, channels: map.channels },
      backbone,
      vectorLength: result.vector.length,
      backend: result.backend,
      head: head ? { choice: options.head, name: head === 'imagenet' ? 'ImageNet labels' : head.name } : null,
      top: result.answer?.top ?? [],
      times,
      notices,
      thumbnail: mapped.thumbnail,
    };
    return { analysis, mapped, ...result };
  }

  private async resolveHead(choice: HeadChoice, notices: string[]): Promise<HeadData | 'imagenet' | null> {
    if (choice === 'none') return null;
    if (choice === 'imagenet') {
      const state = await this.running.loadLabels();
      if (state.status === 'ready') return 'imagenet';
      notices.push('There are no labels now: the ImageNet model could not be fetched. The pyramid works without it.');
      return null;
    }
    const head = this.heads.get(choice.id);
    if (!head) throw new AnysizeError('UnknownHead', 'That classifier is no longer here. Choose another head.');
    return head;
  }
}
