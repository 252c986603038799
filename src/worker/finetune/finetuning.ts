import { AnysizeError } from '../../core/errors.ts';
import type { ImagePath } from '../path/imagePath.ts';
import { pngOf } from '../path/pictures.ts';
import type { HeadData, ImageInput, SizePolicy } from '../../core/model.ts';
import type {
  AugmentOptions,
  Comparison,
  ComparisonProgress,
  Explanation,
  Ingested,
  LearningRateCurve,
  RepeatedAccuracy,
  Strategy,
  TrainingProgress,
  TrainingRequest,
  TrainingRun,
} from '../../core/training/model.ts';
import type { FinetuneEngine } from '../api.ts';
import type { Session } from '../session/session.ts';
import type { Tasks } from '../tasks.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { findLearningRate } from '../../core/training/lrFinder.ts';
import { drawScene, quadrantScenes, QUADRANTS } from '../../core/augmentation/quadrants.ts';
import { compareStrategies } from './compareStrategies.ts';
import { explainRecipe } from './explainRecipe.ts';
import { explainView } from './explainView.ts';
import { descentOptions } from './fitHead.ts';
import { RunControl } from './RunControl.ts';
import { ingest } from './ingest.ts';
import { Preparation } from './prepare.ts';
import { repeatedAccuracy } from './repeatedAccuracy.ts';
import { trainRun } from './trainRun.ts';
import { isHelper } from '../pool/isHelper.ts';
import { OpfsVectorFiles } from '../path/vectorFiles.ts';
import type { VectorHelpers } from '../path/VectorHelpers.ts';
import { Vectors } from '../path/vectors.ts';
import { viewPixels } from '../path/view.ts';

/** Fine-tuning in the worker. */
export class Finetuning implements FinetuneEngine {
  readonly vectors: Vectors;
  private readonly preparation: Preparation;
  private readonly controls = new Map<string, RunControl>();

  constructor(
    private readonly session: () => Session,
    private readonly tasks: Tasks,
    private readonly heads: Map<string, HeadData>,
    private readonly path: ImagePath,
    helpers: VectorHelpers,
  ) {
    // A helper keeps none: what it makes goes to the engine that it helps.
    this.vectors = new Vectors(session, path, isHelper() ? undefined : OpfsVectorFiles.open(), helpers);
    this.preparation = new Preparation(this.vectors);
  }

  ingest(task: string, image: ImageInput): Promise<Ingested> {
    return this.tasks.run(task, (signal) => this.path.open(image, { signal }, ingest), { awaited: false });
  }

  prepare(
    task: string,
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void = () => {},
  ): Promise<void> {
    const control = { whileHeld: (signal: AbortSignal) => this.tasks.whenQuiet(signal) };
    return this.tasks.run(task, (signal) => this.preparation.ahead(request, { onProgress, control, signal }), {
      awaited: false,
    });
  }

  train(
    task: string,
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void = () => {},
  ): Promise<TrainingRun> {
    return this.tasks.run(task, async (signal) => {
      const control = new RunControl();
      this.controls.set(task, control);
      try {
        const backend = this.session().info.name;
        const run = await trainRun(this.preparation, request, backend, onProgress, control, signal);
        this.heads.set(run.id, run.head);
        return run;
      } finally {
        this.controls.delete(task);
      }
    });
  }

  async control(task: string, action: 'pause' | 'resume' | 'stop'): Promise<void> {
    const control = this.controls.get(task);
    if (!control) return;
    if (action === 'pause') control.pause();
    else if (action === 'resume') control.resume();
    // Where nothing is learned yet; the vectors computed so far stay at hand.
    else if (!control.stop()) this.tasks.cancel(task);
  }

  findLearningRate(
    task: string,
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void = () => {},
  ): Promise<LearningRateCurve> {
    return this.tasks.run(task, async (signal) => {
      const { set } = await this.preparation.prepare(request, onProgress, new RunControl(), signal);
      const sweep = await findLearningRate(
        set,
        descentOptions(request.training, request.split.seed),
        (points, total) => onProgress({ phase: 'solving', what: 'Learning rates', fraction: points.length / total }),
        (done, total) => onProgress({ phase: 'solving', what: 'Gram matrix', fraction: done / total }),
        signal,
      );
      const points = sweep.points.map(({ learningRate, smoothed }) => ({ learningRate, loss: smoothed }));
      return { points, suggestion: sweep.suggestion };
    });
  }

  compare(
    task: string,
    request: TrainingRequest,
    strategies: Strategy[],
    seeds: number[],
    onProgress: (progress: ComparisonProgress) => void = () => {},
  ): Promise<Comparison> {
    return this.tasks.run(task, (signal) =>
      compareStrategies(this.preparation, request, strategies, seeds, onProgress, signal),
    );
  }

  repeatAccuracy(
    task: string,
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void = () => {},
  ): Promise<RepeatedAccuracy> {
    return this.tasks.run(task, (signal) => repeatedAccuracy(this.preparation, request, onProgress, signal));
  }

  async explain(image: ImageInput, headId: string, classIndices: number[]): Promise<Explanation> {
    const head = this.heads.get(headId);
    if (!head) throw new AnysizeError('UnknownHead', 'That classifier is no longer here. Train again.');
    return this.path.open(image, {}, async (opened) => {
      if (headFeatures(head).kind === 'anysize') {
        return explainRecipe(opened, head, classIndices, await this.session().whitener());
      }
      const view = await opened.view({ policy: head.policy }, { backbone: 'embedded', preview: 'now' });
      return explainView(view, head, classIndices);
    });
  }

  async augmentPreview(
    image: ImageInput,
    policy: SizePolicy,
    options: AugmentOptions,
    views: number,
    seed: number,
  ): Promise<Blob[]> {
    return this.path.open(image, {}, async (opened) => {
      const decoded = await opened.decoded();
      const blobs = [pngOf(viewPixels(decoded, { policy }))];
      for (let view = 0; view < views; view++) {
        blobs.push(pngOf(viewPixels(decoded, { policy, augmentation: { options, seed: seed + view } })));
      }
      return Promise.all(blobs);
    });
  }

  async quadrantExample(perClass: number, seed: number) {
    const scenes = quadrantScenes(perClass * QUADRANTS.length, seed);
    const classes = QUADRANTS.map((className) => ({ className, files: [] as { name: string; blob: Blob }[] }));
    for (const [i, scene] of scenes.entries()) {
      const blob = await pngOf(drawScene(scene));
      const name = `${String(i + 1).padStart(3, '0')}-${scene.width}x${scene.height}.png`;
      classes[scene.classIndex]?.files.push({ name, blob });
    }
    return classes;
  }
}
