import { AnysizeError } from '../../core/errors.ts';
import type { Box } from '../../core/find/boxes.ts';
import { detect } from '../../core/find/detect.ts';
import { scoresOf, splitScores } from '../../core/find/learn/learnFinder.ts';
import type {
  BoxEvidence,
  BoxHint,
  FindAnswer,
  Finder,
  FinderProgress,
  FinderRequest,
  FinderRun,
} from '../../core/find/model.ts';
import { drawFindScene, findScenes } from '../../core/find/scenes.ts';
import { DEFAULT_FINDER } from '../../core/find/settings.ts';
import type { HeadChoice, ImageInput, Size } from '../../core/model.ts';
import { yieldNow } from '../../core/yieldNow.ts';
import type { FindEngine, FindExamplePhoto, FindOptions, ProposalRequest } from '../api.ts';
import type { ResolvedHead } from '../classify/analyser.ts';
import { RunControl } from '../finetune/RunControl.ts';
import type { ImagePath } from '../path/imagePath.ts';
import { pngOf } from '../path/pictures.ts';
import { OpfsVectorFiles } from '../path/vectorFiles.ts';
import type { Session } from '../session/session.ts';
import type { Tasks } from '../tasks.ts';
import { boxEvidence } from './boxEvidence.ts';
import { type FindImage, FindPhotos } from './findPhotos.ts';
import { bestHint, hintClasses, hintScores } from './hint.ts';
import { trainFinder } from './trainFinder.ts';
import { windowScores } from './windows.ts';

/** Maps of photos on disk; the number goes up when the same photo gives other maps. */
const FOLDER = 'find-maps-1';
const MAP_FILE_BYTES = 2 ** 30;

/** Finding things in photos, in the worker. */
export class Finding implements FindEngine {
  private readonly photos: FindPhotos;
  private readonly finders = new Map<string, Finder>();
  private readonly controls = new Map<string, RunControl>();

  constructor(
    private readonly session: () => Session,
    private readonly tasks: Tasks,
    private readonly path: ImagePath,
    private readonly headOf: (choice: HeadChoice) => Promise<ResolvedHead>,
  ) {
    this.photos = new FindPhotos(session, path, OpfsVectorFiles.open(FOLDER, MAP_FILE_BYTES));
  }

  proposals(
    task: string,
    image: ImageInput,
    { kind = 'search', max = DEFAULT_FINDER.proposals.max, seed = 1 }: ProposalRequest = {},
  ): Promise<{ size: Size; boxes: Box[] }> {
    return this.tasks.run(task, async (signal) =>
      this.photos.open(await this.known(image), signal, (photo) => photo.proposals({ kind, max, seed })),
    );
  }

  trainFinder(
    task: string,
    request: FinderRequest,
    onProgress: (progress: FinderProgress) => void = () => {},
  ): Promise<FinderRun> {
    return this.tasks.run(task, async (signal) => {
      const control = new RunControl();
      this.controls.set(task, control);
      try {
        const run = await trainFinder(this.session, this.photos, request, { onProgress, control, signal });
        this.finders.set(run.id, run.finder);
        return run;
      } finally {
        this.controls.delete(task);
      }
    });
  }

  async controlFinder(task: string, action: 'pause' | 'resume'): Promise<void> {
    const control = this.controls.get(task);
    if (action === 'pause') control?.pause();
    else control?.resume();
  }

  async setFinder(finder: Finder): Promise<void> {
    this.finders.set(finder.id, finder);
  }

  async removeFinder(id: string): Promise<void> {
    this.finders.delete(id);
  }

  find(task: string, image: ImageInput, finderId: string, { threshold }: FindOptions = {}): Promise<FindAnswer> {
    return this.tasks.run(task, async (signal) => {
      const { classes, settings } = this.finder(finderId);
      return this.photos.open(await this.known(image), signal, async (photo) => {
        const started = performance.now();
        const maps = await photo.maps(settings.side);
        const mapped = performance.now();
        const { size, boxes } = await photo.proposals(settings.proposals);
        const proposed = performance.now();
        const models = classes.flatMap(scoresOf);
        const values = await windowScores(this.session(), maps, boxes, models, settings);
        const finds = detect({ boxes, ...splitScores(classes, values) }, size, classes, settings, threshold);
        const milliseconds = {
          maps: mapped - started,
          proposals: proposed - mapped,
          windows: performance.now() - proposed,
        };
        return { size, finds, windows: boxes.length, milliseconds };
      });
    });
  }

  explainBox(task: string, image: ImageInput, finderId: string, classIndex: number, box: Box): Promise<BoxEvidence> {
    return this.tasks.run(task, async (signal) => {
      const { classes, settings } = this.finder(finderId);
      const one = classes[classIndex];
      if (!one) throw new AnysizeError('BadArgument', `That finder has no class ${classIndex}.`);
      return this.photos.open(await this.known(image), signal, async (photo) =>
        boxEvidence(this.session(), await photo.maps(settings.side), box, one, classIndex, settings),
      );
    });
  }

  async hintClasses(head: HeadChoice): Promise<string[]> {
    return hintClasses(await this.headOf(head));
  }

  hint(task: string, image: ImageInput, choice: HeadChoice, classIndex: number): Promise<BoxHint> {
    return this.tasks.run(task, async (signal) => {
      const head = await this.headOf(choice);
      return this.photos.open(await this.known(image), signal, async (photo) => {
        const maps = await photo.maps(DEFAULT_FINDER.side);
        const { size, boxes } = await photo.proposals(DEFAULT_FINDER.proposals);
        const scores = await hintScores(this.session(), maps, boxes, head, classIndex, async () => {
          await yieldNow();
          signal.throwIfAborted();
        });
        const best = bestHint(scores, boxes, maps);
        const box: Box = boxes[best] ?? [0, 0, size.width, size.height];
        return { size, box, probability: scores[best] ?? 0, windows: boxes.length };
      });
    });
  }

  async findExample(count: number, seed: number): Promise<FindExamplePhoto[]> {
    const photos: FindExamplePhoto[] = [];
    for (const [i, scene] of findScenes(count, seed).entries()) {
      const name = `${String(i + 1).padStart(3, '0')}-${scene.width}x${scene.height}.png`;
      photos.push({ name, blob: await pngOf(drawFindScene(scene)), boxes: scene.boxes });
    }
    return photos;
  }

  private finder(id: string): Finder {
    const finder = this.finders.get(id);
    if (!finder) throw new AnysizeError('UnknownHead', 'That finder is no longer here. Train it again.');
    return finder;
  }

  /** A photo that is asked for again finds its maps; one without a key comes once. */
  private async known(image: ImageInput): Promise<FindImage> {
    return { image, hash: image.key === undefined ? null : await this.path.open(image, {}, (opened) => opened.hash()) };
  }
}
