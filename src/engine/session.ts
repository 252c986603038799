import { type Backbone, loadEmbeddedBackbone } from './backbone.ts';
import { type RunningBackend, startBackend, trimPool } from './backend.ts';
import { AnysizeError, messageOf } from './errors.ts';
import { fetchImageNet, type ImageNetFiles } from './imagenet.ts';
import { buildImageNetModel, type ImageNetModel } from './imagenetModel.ts';
import type { BackendChoice, BackendInfo, EngineEvent, LabelsSource, LabelsState } from './protocol.ts';

/** Pooled GPU bytes kept for reuse between images; beyond it the pool is emptied. */
const MAX_FREE_BYTES = 256 * 2 ** 20;
const LOSSES_BEFORE_WASM = 3;
const LOSS_WINDOW_MS = 60_000;
const STUCK_MS = 3_000;

/** The models as loaded on the backend that runs. */
export interface Models {
  embedded: Backbone;
  imagenet: ImageNetModel | null;
}

/**
 * One backend with its models. Work goes through {@link Session.compute}, one piece at a time; when the GPU device is
 * lost in the middle, the session is rebuilt and the piece runs again.
 */
export class Session {
  private backend: RunningBackend | null = null;
  private models: Models | null = null;
  private lostBecause: string | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private losses: number[] = [];
  private labelsState: LabelsState = { status: 'idle' };
  private labelsLoading: Promise<LabelsState> | null = null;

  constructor(
    private readonly base: string,
    private choice: BackendChoice,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  get info(): BackendInfo {
    if (!this.backend) throw new AnysizeError('NoBackend', 'The engine has not started.');
    return this.backend.info;
  }

  get labels(): LabelsState {
    return this.labelsState;
  }

  /** Starts, or moves to, a backend and loads the models on it. */
  switchTo(choice: BackendChoice): Promise<BackendInfo> {
    return this.enqueue(async () => {
      const previous = this.choice;
      this.choice = choice;
      try {
        await this.rebuild();
      } catch (error) {
        if (!this.backend) throw error;
        this.choice = previous;
        await this.rebuild();
        throw error;
      }
      return this.info;
    });
  }

  /**
   * Runs one piece of work on the models, after those before it. A piece that a lost device interrupts is run again on
   * the rebuilt backend, so it must be free of side effects outside itself.
   */
  compute<Result>(work: (models: Models, info: BackendInfo) => Promise<Result>): Promise<Result> {
    return this.enqueue(async () => {
      for (;;) {
        if (!this.models || !this.backend) await this.rebuild();
        const { backend, models } = this;
        if (!backend || !models) throw new AnysizeError('NoBackend', 'No backend could be started.');
        try {
          // A lost device rejects the reads that wait for it, so the work ends and frees its tensors; the race is for one that does not.
          const stuck = backend.lost
            .then(() => pause(STUCK_MS))
            .then(() => {
              throw new AnysizeError('DeviceLost', 'the GPU was lost');
            });
          const result = await Promise.race([work(models, backend.info), stuck]);
          if (this.lostBecause !== null) throw new AnysizeError('DeviceLost', this.lostBecause);
          trimPool(MAX_FREE_BYTES);
          return result;
        } catch (error) {
          // Reads may reject before `lost` settles: give it a moment to say so.
          if (backend.device && this.lostBecause === null) await Promise.race([backend.lost, pause(50)]);
          if (this.lostBecause === null) throw error;
          await this.recover();
        }
      }
    });
  }

  /** Fetches the ImageNet labels unless they are there or a try has failed; `again` tries once more. */
  loadLabels(source?: LabelsSource, again = false): Promise<LabelsState> {
    if (this.labelsLoading) return this.labelsLoading;
    if (this.labelsState.status === 'ready' && !source) return Promise.resolve(this.labelsState);
    if (this.labelsState.status === 'unavailable' && !again && !source) return Promise.resolve(this.labelsState);
    this.labelsLoading = this.fetchLabels(source).finally(() => (this.labelsLoading = null));
    return this.labelsLoading;
  }

  /** Destroys the GPU device, as a driver reset would. */
  loseDevice(): void {
    this.backend?.device?.destroy();
  }

  private source: LabelsSource | undefined;
  private labelFiles: ImageNetFiles | null = null;

  private async fetchLabels(source?: LabelsSource): Promise<LabelsState> {
    if (source) this.source = source;
    this.setLabels({ status: 'loading', fraction: 0 });
    try {
      // Fetched outside the queue: images of other heads need not wait behind 14 MB of network.
      this.labelFiles = await fetchImageNet({
        ...(this.source ? { source: this.source } : {}),
        onProgress: (fraction) => this.setLabels({ status: 'loading', fraction }),
      });
      const state = await this.enqueue(async () => {
        if (!this.models) await this.rebuild();
        const model = await this.buildLabels();
        if (this.models) {
          this.models.imagenet?.dispose();
          this.models.imagenet = model;
        }
        return { status: 'ready', source: model.source } as const;
      });
      this.setLabels(state);
    } catch (error) {
      this.setLabels({ status: 'unavailable', reason: messageOf(error) });
    }
    return this.labelsState;
  }

  private async buildLabels(): Promise<ImageNetModel> {
    if (!this.labelFiles) throw new AnysizeError('LabelsUnavailable', 'The ImageNet model was not fetched.');
    return buildImageNetModel(this.labelFiles.files, this.labelFiles.source);
  }

  private setLabels(state: LabelsState): void {
    this.labelsState = state;
    this.emit({ type: 'labels', state });
  }

  private async rebuild(): Promise<void> {
    const hadLabels = this.labelsState.status === 'ready';
    this.disposeModels();
    const started = await startBackend(this.choice);
    const previous = this.backend;
    this.backend = started;
    this.lostBecause = null;
    previous?.device?.destroy();
    void started.lost.then((reason) => {
      if (this.backend === started) this.lostBecause = reason;
    });
    const embedded = await loadEmbeddedBackbone(this.base);
    this.models = { embedded, imagenet: hadLabels ? await this.buildLabels().catch(() => null) : null };
    this.emit({ type: 'backend', info: started.info });
    if (hadLabels) {
      const { imagenet } = this.models;
      this.setLabels(
        imagenet
          ? { status: 'ready', source: imagenet.source }
          : { status: 'unavailable', reason: 'The ImageNet labels could not be loaded again.' },
      );
    }
  }

  private async recover(): Promise<void> {
    const now = Date.now();
    this.losses = [...this.losses.filter((time) => now - time < LOSS_WINDOW_MS), now];
    if (this.losses.length >= LOSSES_BEFORE_WASM) {
      this.choice = 'wasm';
      this.emit({
        type: 'notice',
        text: 'The GPU was lost three times in a minute; WASM takes over. Nothing was lost.',
      });
    } else {
      this.emit({ type: 'notice', text: 'The GPU was lost and has been started again; the work goes on.' });
    }
    await this.rebuild();
  }

  private disposeModels(): void {
    this.models?.embedded.dispose();
    this.models?.imagenet?.dispose();
    this.models = null;
  }

  private enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
