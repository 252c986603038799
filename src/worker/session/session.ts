import { loadEmbeddedBackbone } from '../models/backbone.ts';
import { loadWhitener } from '../models/whitener.ts';
import type { Whitener } from '../../core/recipe/whitener.ts';
import { retireWasm, type RunningBackend, startBackend, trimPool } from './backend.ts';
import { computesRight } from './knownImage.ts';
import type { DeviceProblem } from './deviceProblems.ts';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { Labels } from '../labels/labels.ts';
import { BackbonePasses } from './BackbonePasses.ts';
import { DeviceLosses } from './deviceLosses.ts';
import { InFlight } from './InFlight.ts';
import { type Cutting, type Models, PieceTooLarge, type Work } from './models.ts';
import { isOutOfMemory, OutOfMemory } from '../../core/outOfMemory.ts';
import { pause } from '../../core/pause.ts';
import { inTurn } from '../../core/tasks/inTurn.ts';
import { LEAST_BUDGET } from './pixelBudget.ts';
import type { BackendChoice, BackendInfo } from '../../core/model.ts';
import type { EngineEvent } from '../api.ts';

/** Pooled GPU bytes kept for reuse between images; beyond it the pool is emptied. */
const MAX_FREE_BYTES = 256 * 2 ** 20;
const STUCK_MS = 3_000;
const LOSS_TOLD_MS = 1_000;

interface Attempted {
  backend: RunningBackend;
  problem: DeviceProblem | null;
}

/**
 * One backend with its models. Work goes through {@link Session.compute}, one piece at a time, or {@link Session.submit}, whose answers are read
 * back while others compute; when the GPU device is lost in the middle, the session is rebuilt and the work runs again.
 */
export class Session {
  private backend: RunningBackend | null = null;
  private models: Models | null = null;
  private lostBecause: string | null = null;
  private budget: number | null = null;
  /** Why WASM or plain JavaScript runs although something else was chosen. */
  private fellBackBecause: string | null = null;
  private readonly inFlight = new InFlight();
  private readonly inTurn = inTurn();
  private readonly losses = new DeviceLosses();
  /** Their download stands outside the queue: images of other heads need not wait behind 14 MB of network. */
  readonly labels = new Labels(
    (state) => this.emit({ type: 'labels', state }),
    () =>
      this.compute(async (models) => {
        const model = await this.labels.build();
        models.imagenet?.dispose();
        models.imagenet = model;
        return model;
      }),
  );

  /** The backbone on inputs in one piece, several at a time where that is faster. */
  readonly passes = new BackbonePasses((work, cutting) => this.submit(work, cutting), this);

  constructor(
    private readonly base: string,
    private choice: BackendChoice,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  get info(): BackendInfo {
    if (!this.backend) throw new AnysizeError('NoBackend', 'The engine has not started.');
    return this.backend.info;
  }

  /** Whether a GPU computes, for which it is worth having several photos at hand. */
  get onGpu(): boolean {
    return this.backend?.info.name === 'webgpu';
  }

  /** What the features of trained heads are whitened with. @throws AnysizeError `BadModel` */
  whitener(): Promise<Whitener> {
    return loadWhitener(this.base);
  }

  /** Largest input of the backbone, in pixels, that is computed in one piece now. */
  get pixelBudget(): number {
    return this.budget ?? this.backend?.pixelBudget ?? LEAST_BUDGET;
  }

  /** Starts, or moves to, a backend and loads the models on it. */
  switchTo(choice: BackendChoice): Promise<BackendInfo> {
    return this.inTurn(async () => {
      const previous = this.choice;
      this.choice = choice;
      this.fellBackBecause = null;
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

  /** Milliseconds during which the backend had something to do. */
  get busy(): number {
    return this.inFlight.busy;
  }

  /**
   * Runs one piece of work on the models, after those before it. A piece that a lost device interrupts, or that the device had no room
   * for, is run again, if need be on WASM, so it must be free of side effects outside itself.
   * @throws OutOfMemory when WASM has no room either
   */
  compute<Result>(work: Work<Result>, cutting: Cutting = {}): Promise<Result> {
    return this.inTurn(async () => {
      for (let tries = 1; ; tries++) {
        const { backend, models } = await this.running();
        const outcome = await this.attempt(() => work(models, backend.info), backend);
        if (await this.mended(outcome, cutting, tries)) continue;
        if ('error' in outcome) throw outcome.error;
        return outcome.result;
      }
    });
  }

  /**
   * As {@link Session.compute}, but the next piece begins as soon as all of this one was given to the backend, while its answer is read back.
   * @param work gives the backend all that it has before it waits for anything
   */
  async submit<Result>(work: Work<Result>, cutting: Cutting = {}): Promise<Result> {
    for (let tries = 1; ; tries++) {
      const { outcome: waiting } = await this.inTurn(async () => {
        const { backend, models } = await this.running();
        return { outcome: this.attempt(() => work(models, backend.info), backend, true) };
      });
      const outcome = await waiting;
      const doubtful = outcome.problem !== null || this.lostBecause !== null || outcome.backend !== this.backend;
      if (doubtful && (await this.inTurn(() => this.mended(outcome, cutting, tries)))) continue;
      if ('error' in outcome) throw outcome.error;
      return outcome.result;
    }
  }

  private async running(): Promise<{ backend: RunningBackend; models: Models }> {
    if (!this.models || !this.backend) await this.rebuild();
    const { backend, models } = this;
    if (!backend || !models) throw new AnysizeError('NoBackend', 'No backend could be started.');
    return { backend, models };
  }

  /** @param others whether other work may begin before this is over: then it is watched until it waits for the first time */
  private async attempt<Result>(work: () => Promise<Result>, backend: RunningBackend, others = false) {
    const watch = backend.watch?.();
    const following = this.inFlight.follow(work);
    const noting = others ? watch?.end() : undefined;
    const settled = await following;
    const noted = (await (noting ?? watch?.end())) ?? null;
    const problem = 'error' in settled && isOutOfMemory(settled.error) ? 'memory' : noted;
    // Reads may reject before `lost` settles: give it a moment to say so.
    if ('error' in settled && backend.device && this.lostBecause === null) {
      await Promise.race([backend.lost, pause(50)]);
    }
    if (this.lostBecause === null) trimPool(MAX_FREE_BYTES);
    return { ...settled, backend, problem };
  }

  /** After an attempt: does what a lost device, or one without room, makes necessary. @returns whether the work is to run again */
  private async mended(outcome: Attempted, cutting: Cutting, tries: number): Promise<boolean> {
    const { backend, problem } = outcome;
    // Other work in flight has found out before.
    if (this.backend !== backend) return problem !== null || 'error' in outcome;
    if (this.lostBecause !== null) await this.recover();
    else if (problem) await this.makeRoom(problem, cutting, tries);
    else return false;
    return true;
  }

  /** Destroys the GPU device, as a driver reset would. */
  loseDevice(): void {
    this.backend?.device?.destroy();
  }

  /** Starts the backend until one gives the right numbers for a known image. */
  private async rebuild(): Promise<void> {
    const withLabels = this.labels.wanted;
    for (;;) {
      const { backend, models } = await this.startChosen();
      const watch = backend.watch?.();
      const right = await Promise.race([computesRight(models.embedded), backend.lost.then(() => false)]).catch(
        () => false,
      );
      const problem = await watch?.end();
      if (right) break;
      // Wrong numbers may only be the first sign of a loss; blaming a sound GPU would cost it for the whole visit.
      if (backend.device) await Promise.race([backend.lost, pause(LOSS_TOLD_MS)]);
      if (this.lostBecause !== null) {
        this.countLoss();
      } else if (backend.info.name === 'cpu') {
        throw new AnysizeError(
          'NoBackend',
          'This browser computes wrong numbers on every backend. Try another browser.',
        );
      } else {
        const what = backend.info.name === 'webgpu' ? 'The GPU' : 'WASM';
        const why = problem === 'memory' ? 'has too little memory' : 'gave wrong numbers for a known image';
        this.fallBack(backend.info.name === 'webgpu' ? 'wasm' : 'cpu', `${what} ${why}`);
      }
    }
    if (this.models && withLabels) this.models.imagenet = await this.labels.build().catch(() => null);
    this.emit({ type: 'backend', info: this.info });
    if (withLabels) this.labels.rebuilt(this.models?.imagenet);
  }

  private async startChosen(): Promise<{ backend: RunningBackend; models: Models }> {
    // Answers of what runs on the backend that is left, whether they come or the device is lost.
    await this.inFlight.over();
    this.disposeModels();
    const started = await startBackend(this.choice);
    if (this.fellBackBecause) started.info = { ...started.info, forced: false, reason: this.fellBackBecause };
    const previous = this.backend;
    this.backend = started;
    this.lostBecause = null;
    this.budget = null;
    previous?.device?.destroy();
    void started.lost.then(async (reason) => {
      if (this.backend !== started) return;
      this.lostBecause = reason;
      // A lost device rejects the reads that wait for it, so the work ends and frees its tensors; this is for one that does not.
      const interrupt = this.inFlight.interrupter();
      await pause(STUCK_MS);
      interrupt(new AnysizeError('DeviceLost', 'the GPU was lost'));
    });
    this.models = { embedded: await loadEmbeddedBackbone(this.base), imagenet: null };
    return { backend: started, models: this.models };
  }

  private async recover(): Promise<void> {
    this.countLoss();
    try {
      await this.rebuild();
    } catch (error) {
      if (this.choice === 'wasm' || this.choice === 'cpu') throw error;
      this.fallBack('wasm', `The GPU did not start again (${messageOf(error)})`);
      await this.rebuild();
    }
  }

  private countLoss(): void {
    if (this.losses.tooMany(Date.now())) this.fallBack('wasm', 'The GPU was lost three times in a minute');
    else this.tell('The GPU was lost and has been started again; the work goes on.');
  }

  /**
   * After a backend could not do a piece: makes room, then asks for smaller pieces, then leaves a GPU for WASM.
   * @throws PieceTooLarge; OutOfMemory when there is nothing left to try
   */
  private async makeRoom(problem: DeviceProblem, cutting: Cutting, tries: number): Promise<void> {
    const { shrinks = false, photos = 1 } = cutting;
    const onGpu = Boolean(this.backend?.device);
    const budget = this.pixelBudget;
    const smaller = shrinks && budget > LEAST_BUDGET ? Math.max(LEAST_BUDGET, Math.floor(budget / 2)) : null;
    if (onGpu) trimPool(0);
    else if (this.info.name === 'wasm') await this.renewHeap();
    if (photos > 1) throw new PieceTooLarge();
    this.budget = smaller ?? budget;
    const who = onGpu ? 'The GPU' : 'This browser';
    const why = problem === 'memory' ? `${who} has too little memory` : `${who} refused the work`;
    if (smaller !== null) {
      const size = (smaller / 1e6).toFixed(1);
      this.tell(`${why} for pieces this large; the photo goes on in tiles of ${size} megapixels.`);
      throw new PieceTooLarge();
    }
    if (!shrinks && tries === 1) return;
    if (!onGpu) throw new OutOfMemory(`${why} for this work. Close other tabs and programs and try again.`);
    this.fallBack('wasm', why);
    await this.rebuild();
  }

  /** A heap that was full is left behind, with whatever an operation wrote there that had got no memory. */
  private async renewHeap(): Promise<void> {
    retireWasm();
    await this.rebuild();
  }

  private fallBack(choice: 'wasm' | 'cpu', why: string): void {
    const what = choice === 'wasm' ? 'WASM' : 'plain JavaScript';
    this.choice = choice;
    this.fellBackBecause = `${why}; ${what} took over.`;
    this.tell(`${why}; ${what} takes over. Nothing was lost.`);
  }

  private tell(text: string): void {
    this.emit({ type: 'notice', text });
  }

  private disposeModels(): void {
    this.models?.embedded.dispose();
    this.models?.imagenet?.dispose();
    this.models = null;
  }
}
