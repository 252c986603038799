import { binStrengths } from '../../core/pyramid/binStrengths.ts';
import { samePyramid } from '../../core/pyramid/samePyramid.ts';
import { type Answer, answerHead, answerImageNet, bestOnAverage } from './answer.ts';
import type { ImageMaps, MapOptions, ReadImage } from '../path/imageMaps.ts';
import { PassingMap, type Readings } from '../path/mapReader.ts';
import { checkScales, policyOfScale } from '../../core/size/scales.ts';
import type { Pooled } from '../path/poolMap.ts';
import type {
  AnalyseOptions,
  Analysis,
  ClassEvidence,
  ClassScore,
  HeadData,
  ImageFacts,
  ImageInput,
  OnStage,
  Scale,
  ScaleResult,
  StageTimes,
  TileProgress,
} from '../../core/model.ts';
import type { Session } from '../session/session.ts';
import { newTimes, timed } from '../path/stageTimes.ts';

/** A head that is at hand: trained, the ImageNet labels, or none. */
export type ResolvedHead = HeadData | 'imagenet' | null;

export interface Running {
  signal: AbortSignal;
  onStage?: OnStage | undefined;
}

export interface Walked extends Pooled {
  analysis: Omit<Analysis, 'head' | 'notices'>;
  /** For a view: evidence of the best classes and of those asked for, and the image to look at. */
  evidence: ClassEvidence[];
  preview: Blob | null;
}

interface Look extends Pooled {
  read: ReadImage;
  answer: Answer | null;
  evidence: ClassEvidence[];
}

/** The one path of DESIGN.md for one image, at one size or several. */
export class Analysing {
  constructor(
    private readonly session: () => Session,
    private readonly maps: ImageMaps,
  ) {}

  /** @param view asks for argmax, preview, and evidence of the best classes and of these */
  async walk(
    image: ImageInput,
    head: ResolvedHead,
    options: AnalyseOptions,
    running: Running,
    view: { classes: number[] } | null,
  ): Promise<Walked> {
    const started = performance.now();
    const times = newTimes();
    const onScale = (_: number, tile?: TileProgress) => running.onStage?.('backbone', tile);
    const scales =
      options.scales && head ? await this.scales(image, head, options.scales, options, running, onScale) : null;
    const look = await this.look(
      image,
      head,
      options,
      times,
      running,
      view && { ...view, top: scales?.average ?? null },
    );
    running.signal.throwIfAborted();
    times.total = performance.now() - started;
    const { read, answer, evidence, vector, argmax } = look;
    return {
      analysis: {
        facts: read.facts,
        plan: read.plan,
        map: read.reader.size,
        backbone: backboneOf(head),
        vectorLength: vector.length,
        backend: this.session().info.name,
        top: scales?.average ?? answer?.top ?? [],
        times,
        thumbnail: read.thumbnail,
        tiles: read.reader.tiles,
        ...(scales ? { scales: scales.scales } : {}),
      },
      vector,
      argmax,
      evidence,
      preview: read.preview,
    };
  }

  /** Each scale's best classes, and those of the mean of their probabilities. The image is decoded once. */
  async scales(
    image: ImageInput,
    head: ResolvedHead,
    scales: readonly Scale[],
    options: AnalyseOptions,
    { signal, onStage: told }: Running,
    onScale?: (done: number, tile?: TileProgress) => void,
  ): Promise<{ facts: ImageFacts; scales: ScaleResult[]; average: ClassScore[] }> {
    checkScales(scales);
    const policies = scales.map((scale) => policyOfScale(scale, options.policy));
    const decoded = await this.maps.decode(image, options.maxPixels, signal);
    try {
      const results: Omit<ScaleResult, 'scores'>[] = [];
      const answers: Answer[] = [];
      for (const [done, scale] of scales.entries()) {
        signal.throwIfAborted();
        onScale?.(done);
        const at = { ...options, keepForView: false, thumbnail: false, policy: policies[done]! };
        const onStage: OnStage = (stage, tile, seen) => {
          if (tile) onScale?.(done, tile);
          else if (seen) told?.(stage, undefined, seen);
        };
        const times = newTimes();
        const started = performance.now();
        const looked = await this.look(image, head, at, times, { signal, onStage }, null, {
          decoded,
          tellSeen: told !== undefined,
        });
        const { read, answer, vector } = looked;
        if (answer) answers.push(answer);
        const { plan, reader } = read;
        const milliseconds = performance.now() - started;
        results.push({
          scale,
          plan,
          map: reader.size,
          tiles: reader.tiles,
          top: answer?.top ?? [],
          strengths: [...binStrengths(vector, reader.size.channels)],
          milliseconds,
        });
      }
      onScale?.(scales.length);
      const average = bestOnAverage(answers);
      const scoresOf = (answer: Answer | undefined) => average.map(({ index }) => answer?.probabilities[index] ?? 0);
      return {
        facts: decoded.facts,
        scales: results.map((result, i) => ({ ...result, scores: scoresOf(answers[i]) })),
        average,
      };
    } finally {
      decoded.close();
    }
  }

  private look(
    image: ImageInput,
    head: ResolvedHead,
    options: AnalyseOptions,
    times: StageTimes,
    { signal, onStage }: Running,
    view: { classes: number[]; top: ClassScore[] | null } | null,
    more: Partial<MapOptions> = {},
  ): Promise<Look> {
    const { policy, maxPixels, minSide, tileBudget, pyramid, keepForView, thumbnail: wantThumbnail } = options;
    const wantPreview = view !== null;
    const backbone = backboneOf(head);
    const asked = {
      policy,
      backbone,
      maxPixels,
      minSide,
      tileBudget,
      wantPreview,
      wantThumbnail,
      keepForView,
      times,
      signal,
      onStage,
      ...more,
    };
    const onTile = (tile: TileProgress) => onStage?.('backbone', tile);
    const tiling = { budget: tileBudget, signal, onTile };
    return this.maps.reading(image, asked, async (read): Promise<Look> => {
      const { reader } = read;
      // What is too large to be kept is pooled while the backbone runs.
      const passing = reader instanceof PassingMap;
      onStage?.(passing ? 'backbone' : 'spp');
      // A view that follows needs no pass of its own for the places of the maxima.
      const pyramids = [{ options: pyramid, argmax: wantPreview || (passing && keepForView === true) }];
      if (head && head !== 'imagenet' && !samePyramid(head.pyramid, pyramid)) {
        pyramids.push({ options: head.pyramid, argmax: false });
      }
      const readings = await timed(times, passing ? 'backbone' : 'spp', () =>
        reader.read({ pyramids, mean: head === 'imagenet' }, tiling),
      );
      onStage?.('head');
      const answer = await timed(times, 'head', () => this.answer(head, readings, read));
      const wanted = new Set([...(view?.top ?? answer?.top ?? []).map(({ index }) => index), ...(view?.classes ?? [])]);
      const evidence = view && answer ? await answer.explain([...wanted], tiling) : [];
      return { ...(readings.pooled[0] as Pooled), read, answer, evidence };
    });
  }

  private async answer(head: ResolvedHead, { pooled, mean }: Readings, { reader }: ReadImage): Promise<Answer | null> {
    if (head === 'imagenet') return mean ? answerImageNet(this.session(), mean, reader) : null;
    const vector = pooled.at(-1)?.vector;
    return head && vector ? answerHead(head, vector) : null;
  }
}

function backboneOf(head: ResolvedHead): 'imagenet' | 'embedded' {
  return head === 'imagenet' ? 'imagenet' : 'embedded';
}
