import * as tf from '@tensorflow/tfjs-core';
import { spp } from '../kernels/spp/spp.ts';
import { Analyser, isMeanHead, type ResolvedHead, saidBy } from './classify/analyser.ts';
import { resolveHead } from './classify/resolveHead.ts';
import { gpuBytes, wasmHeapBytes } from './session/backend.ts';
import { AnysizeError } from '../core/errors.ts';
import { Finding } from './find/finding.ts';
import { Finetuning } from './finetune/finetuning.ts';
import type {
  AnalyseOptions,
  Analysis,
  BackboneName,
  BackendChoice,
  BackendInfo,
  HeadChoice,
  HeadData,
  ImageInput,
  Inspection,
  LabelsState,
  MultiScaleResult,
  OnStage,
  PyramidOptions,
  Scale,
  SizePolicy,
  TileProgress,
} from '../core/model.ts';
import type { Engine, EngineEvent, LabelsSource, MemoryInfo, PathOptions, SppRequest, Tensor } from './api.ts';
import { startAhead } from './ahead/startAhead.ts';
import { ImagePath } from './path/imagePath.ts';
import { VectorHelpers } from './path/VectorHelpers.ts';
import { isHelper } from './pool/isHelper.ts';
import { Pooling } from './pool/Pooling.ts';
import { HELPER_KEPT_BYTES, shareRoom } from './pool/shareRoom.ts';
import { channelOf, pooledOf } from './path/mapReader.ts';
import { BuiltInClasses } from './labels/everydayHead.ts';
import { Session } from './session/session.ts';
import { Tasks } from './tasks.ts';

/** The engine of api.ts, as it runs in the worker. */
export class AnysizeEngine implements Engine {
  private session: Session | null = null;
  private builtIn: BuiltInClasses | null = null;
  private readonly listeners: ((event: EngineEvent) => void)[] = [];
  private readonly tasks = new Tasks();
  private readonly path = isHelper()
    ? new ImagePath(() => this.running, HELPER_KEPT_BYTES)
    : new ImagePath(() => this.running, undefined, startAhead());
  private readonly analyser = new Analyser(() => this.running, this.path);
  private readonly heads = new Map<string, HeadData>();
  private readonly helpers = new VectorHelpers((left, pace) => this.tell({ type: 'help', left, pace }));
  private readonly finetuning = new Finetuning(() => this.running, this.tasks, this.heads, this.path, this.helpers);
  private readonly finding = new Finding(
    () => this.running,
    this.tasks,
    this.path,
    (choice) => this.resolveHead(choice, []),
  );
  private readonly pooling = new Pooling(() => this.running, this.tasks, this.heads, this.finetuning.vectors);
  readonly ingest = this.finetuning.ingest.bind(this.finetuning);
  readonly prepare = this.finetuning.prepare.bind(this.finetuning);
  readonly train = this.finetuning.train.bind(this.finetuning);
  readonly control = this.finetuning.control.bind(this.finetuning);
  readonly findLearningRate = this.finetuning.findLearningRate.bind(this.finetuning);
  readonly compare = this.finetuning.compare.bind(this.finetuning);
  readonly repeatAccuracy = this.finetuning.repeatAccuracy.bind(this.finetuning);
  readonly explain = this.finetuning.explain.bind(this.finetuning);
  readonly augmentPreview = this.finetuning.augmentPreview.bind(this.finetuning);
  readonly quadrantExample = this.finetuning.quadrantExample.bind(this.finetuning);

  readonly proposals = this.finding.proposals.bind(this.finding);
  readonly trainFinder = this.finding.trainFinder.bind(this.finding);
  readonly controlFinder = this.finding.controlFinder.bind(this.finding);
  readonly setFinder = this.finding.setFinder.bind(this.finding);
  readonly removeFinder = this.finding.removeFinder.bind(this.finding);
  readonly find = this.finding.find.bind(this.finding);
  readonly explainBox = this.finding.explainBox.bind(this.finding);
  readonly hintClasses = this.finding.hintClasses.bind(this.finding);
  readonly hint = this.finding.hint.bind(this.finding);
  readonly findExample = this.finding.findExample.bind(this.finding);

  readonly liveUnder = this.pooling.liveUnder.bind(this.pooling);
  readonly head = this.pooling.head.bind(this.pooling);
  readonly labelFiles = this.pooling.labelFiles.bind(this.pooling);
  readonly takeLabels = this.pooling.takeLabels.bind(this.pooling);
  readonly serveVectors = this.pooling.serveVectors.bind(this.pooling);
  readonly addHelper = this.pooling.addHelper.bind(this.pooling);
  readonly removeHelper = this.pooling.removeHelper.bind(this.pooling);

  async start(base: string, backend: BackendChoice, page?: string): Promise<BackendInfo> {
    if (page) shareRoom(page);
    this.session ??= new Session(base, backend, (event) => this.tell(event));
    this.builtIn ??= new BuiltInClasses(base);
    const info = await this.session.switchTo(backend);
    // Behind the backbone, which the first photo needs sooner; whoever asks for the classes hears why they did not come.
    this.builtIn.load().catch(() => {});
    return info;
  }

  use(backend: BackendChoice): Promise<BackendInfo> {
    return this.running.switchTo(backend);
  }

  async subscribe(listener: (event: EngineEvent) => void): Promise<void> {
    this.listeners.push(listener);
  }

  async analyse(task: string, image: ImageInput, options: AnalyseOptions, onStage?: OnStage): Promise<Analysis> {
    return this.tasks.run(task, async (signal) => {
      const notices: string[] = [];
      const head = await this.resolveHead(options.head, notices);
      const { analysis } = await this.analyser.analyse(image, { head, options, signal, onStage }, null);
      return { ...analysis, head: named(head, options.head), notices };
    });
  }

  async inspect(
    task: string,
    image: ImageInput,
    options: AnalyseOptions,
    classIndex?: number,
    onStage?: OnStage,
  ): Promise<Inspection> {
    return this.tasks.run(task, async (signal) => {
      const notices: string[] = [];
      const head = await this.resolveHead(options.head, notices);
      const look = { classes: classIndex === undefined ? [] : [classIndex] };
      const analysed = await this.analyser.analyse(image, { head, options, signal, onStage }, look);
      const { analysis, vector, argmax, evidence, preview } = analysed;
      return {
        ...analysis,
        head: named(head, options.head),
        notices,
        pyramid: options.pyramid,
        vector,
        argmax,
        evidence,
        headPyramid: head && !isMeanHead(head) ? head.pyramid : null,
        preview: preview ?? new Blob(),
      };
    });
  }

  async scales(
    task: string,
    image: ImageInput,
    scales: Scale[],
    options: AnalyseOptions,
    onScale?: (done: number, tile?: TileProgress) => void,
  ): Promise<MultiScaleResult> {
    return this.tasks.run(task, async (signal) => {
      const notices: string[] = [];
      const head = await this.resolveHead(options.head, notices);
      const {
        facts,
        scales: each,
        average,
      } = await this.analyser.scales(image, scales, { head, options, signal }, onScale);
      return {
        facts,
        scales: each,
        average: average.top,
        ...saidBy(average),
        head: named(head, options.head),
        notices,
      };
    });
  }

  async cancel(task: string): Promise<void> {
    this.tasks.cancel(task);
  }

  async features(
    image: ImageInput,
    policy: SizePolicy,
    backbone: BackboneName,
    { minSide, tileBudget }: PathOptions = {},
  ): Promise<Tensor> {
    const { height, width, channels, data } = await this.path.whole(
      image,
      { policy, minSide },
      { backbone, tileBudget },
    );
    return { shape: [height, width, channels], data };
  }

  async channel(
    image: ImageInput,
    channel: number,
    policy: SizePolicy,
    backbone: BackboneName,
    { minSide, tileBudget }: PathOptions = {},
  ): Promise<Float32Array | null> {
    return this.path.open(image, {}, async (opened) => {
      const { reader } = await opened.view({ policy, minSide }, { backbone, tileBudget, keep: 'for looks' });
      return reader.map && channelOf(reader.map, channel);
    });
  }

  async vector(
    image: ImageInput,
    policy: SizePolicy,
    pyramid: PyramidOptions,
    { minSide, tileBudget }: PathOptions = {},
  ): Promise<Tensor> {
    return this.path.open(image, {}, async (opened) => {
      const { reader } = await opened.view({ policy, minSide }, { backbone: 'embedded', tileBudget });
      const { vector: data } = await pooledOf(reader, { options: pyramid, argmax: false }, { budget: tileBudget });
      return { shape: [data.length], data };
    });
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

  loadLabels(source?: LabelsSource, whileHeard = false): Promise<LabelsState> {
    const { labels } = this.running;
    return whileHeard ? labels.loadUnlessSilent(source, true) : labels.load(source, true);
  }

  async setLabelsSource(source: LabelsSource): Promise<void> {
    this.running.labels.setSource(source);
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
    return {
      numTensors,
      numBytes,
      numBytesAllocatedInGPU: gpuBytes(),
      heapBytes: heap,
      wasmHeapBytes: wasmHeapBytes(),
    };
  }

  async busy(): Promise<number> {
    return this.running.busy;
  }

  async loseDevice(): Promise<void> {
    this.running.loseDevice();
  }

  private tell(event: EngineEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private get classes(): BuiltInClasses {
    if (!this.builtIn) throw new AnysizeError('NoBackend', 'The engine has not started.');
    return this.builtIn;
  }

  private get running(): Session {
    if (!this.session) throw new AnysizeError('NoBackend', 'The engine has not started.');
    return this.session;
  }

  private resolveHead(choice: HeadChoice, notices: string[]): Promise<ResolvedHead> {
    return resolveHead(
      choice,
      { session: () => this.running, builtIn: () => this.classes, trained: this.heads },
      notices,
    );
  }
}

function named(head: ResolvedHead, choice: HeadChoice): Analysis['head'] {
  return head && { choice, name: head.name };
}
