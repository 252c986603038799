import type {
  AnalyseOptions,
  Analysis,
  BackboneName,
  ClassEvidence,
  ClassScore,
  HeadData,
  ImageFacts,
  ImageInput,
  OnStage,
  Scale,
  ScaleResult,
  SizePolicy,
  StageTimes,
  TileProgress,
} from '../../core/model.ts';
import { binStrengths } from '../../core/pyramid/binStrengths.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { binCount } from '../../core/pyramid/geometry.ts';
import { samePyramid } from '../../core/pyramid/samePyramid.ts';
import { looksAt } from '../../core/labels/looks.ts';
import { checkScales, policyOfScale } from '../../core/size/scales.ts';
import type { ImagePath } from '../path/imagePath.ts';
import type { SizedView } from '../path/keptViews.ts';
import type { OpenImage, ViewWants } from '../path/openImage.ts';
import type { Pooled } from '../path/poolMap.ts';
import { headVector, pooledReadings, pyramidRead, recipeFeatures, recipeViews } from '../path/recipeFeatures.ts';
import { newTimes, timed } from '../path/stageTimes.ts';
import type { View } from '../path/view.ts';
import { isHelper } from '../pool/isHelper.ts';
import type { Session } from '../session/session.ts';
import type { MeanHead } from '../labels/meanHead.ts';
import { type Answer, answerHead, answerMean, type AverageAnswer, bestOnAverage, type MeanLook } from './answer.ts';

/** A head that is at hand: trained, one on the mean (the built-in classes, ImageNet's), or none. */
export type ResolvedHead = HeadData | MeanHead | null;

export function isMeanHead(head: ResolvedHead): head is MeanHead {
  return head !== null && 'choice' in head;
}

/** What is asked of one image, until when, and who hears how it goes. */
export interface Question {
  head: ResolvedHead;
  options: AnalyseOptions;
  signal: AbortSignal;
  onStage?: OnStage | undefined;
}

/** What a person who looks at the image wants besides: argmax, preview, and evidence of the best classes and of these. */
interface Look {
  classes: number[];
  /** The best classes, where they are known from elsewhere. */
  top?: ClassScore[] | undefined;
}

interface Answered extends Pooled {
  view: SizedView;
  answer: Answer | null;
  evidence: ClassEvidence[];
}

export interface Analysed extends Pooled {
  analysis: Omit<Analysis, 'head' | 'notices'>;
  /** For a look: evidence of the best classes and of those asked for, and the image to look at. */
  evidence: ClassEvidence[];
  preview: Blob | null;
}

/** What several sizes of one image say. */
export interface OfScales {
  facts: ImageFacts;
  scales: ScaleResult[];
  /** Of the mean of the scales' probabilities. */
  average: AverageAnswer;
}

/** How one image walks the path to its classes, at one size or several. */
export class Analyser {
  constructor(
    private readonly session: () => Session,
    private readonly path: ImagePath,
  ) {}

  /** @param look where a person looks at the image */
  analyse(image: ImageInput, question: Question, look: Look | null): Promise<Analysed> {
    const { head, options, signal, onStage } = question;
    const started = performance.now();
    const times = newTimes();
    const { maxPixels, policy, keepForView, thumbnail = false } = options;
    // An image with a key stands in a list, where it may be looked at next: by the first engine.
    const listed = image.key !== undefined && !isHelper();
    const views = viewsOf(head, options);
    const ready =
      look || options.scales ? undefined : { views, thumbnail, preview: listed, tileBudget: options.tileBudget };
    return this.path.open(image, { maxPixels, signal, onStage, times, ready }, async (opened) => {
      const onScale = (_: number, tile?: TileProgress) => onStage?.('backbone', tile);
      const averaged = options.scales && head ? await this.atScales(opened, options.scales, question, onScale) : null;
      const keep = look || keepForView ? ('for looks' as const) : undefined;
      const preview = look ? ('now' as const) : listed ? ('with the map' as const) : undefined;
      const wants = { keep, thumbnail, preview, times, onStage };
      const answered = await this.answerOf(
        opened,
        policy,
        question,
        wants,
        look && { top: averaged?.average.top, ...look },
      );
      signal.throwIfAborted();
      times.total = performance.now() - started;
      const { view, answer, evidence, vector, argmax } = answered;
      return {
        analysis: {
          facts: view.facts,
          plan: view.plan,
          map: view.reader.size,
          backbone: backboneOf(head),
          vectorLength: binCount(options.pyramid.levels) * view.reader.size.channels,
          backend: this.session().info.name,
          top: averaged?.average.top ?? answer?.top ?? [],
          ...saidBy(averaged?.average ?? answer),
          ...(answer?.facts ? { logits: answer.facts } : {}),
          times,
          thumbnail: view.thumbnail,
          tiles: view.reader.tiles,
          ...(averaged ? { scales: averaged.scales } : {}),
        },
        vector,
        argmax,
        evidence,
        preview: view.preview,
      };
    });
  }

  /**
   * Each scale's best classes, and those of the mean of their probabilities. The image is decoded once.
   * @param onScale called with the number of scales done, and with the tiles of the one being computed
   */
  scales(
    image: ImageInput,
    scales: readonly Scale[],
    question: Question,
    onScale?: (done: number, tile?: TileProgress) => void,
  ): Promise<OfScales> {
    const { signal, options } = question;
    return this.path.open(image, { maxPixels: options.maxPixels, signal }, (opened) =>
      this.atScales(opened, scales, question, onScale),
    );
  }

  private async atScales(
    opened: OpenImage,
    scales: readonly Scale[],
    question: Question,
    onScale?: (done: number, tile?: TileProgress) => void,
  ): Promise<OfScales> {
    checkScales(scales);
    const { options, signal, onStage: told } = question;
    const planned = scales.map((scale) => ({ scale, policy: policyOfScale(scale, options.policy) }));
    const [first] = planned;
    const { facts } = await opened.decoded(
      first && { policy: first.policy, minSide: options.minSide },
      options.tileBudget,
    );
    const results: Omit<ScaleResult, 'scores'>[] = [];
    const answers: Answer[] = [];
    for (const [done, { scale, policy }] of planned.entries()) {
      signal.throwIfAborted();
      onScale?.(done);
      const onStage: OnStage = (stage, tile, seen) => {
        if (tile) onScale?.(done, tile);
        else if (seen) told?.(stage, undefined, seen);
      };
      const times = newTimes();
      const started = performance.now();
      const wants = { times, onStage, tellSeen: told !== undefined, strengths: true };
      const { view, answer, vector } = await this.answerOf(opened, policy, question, wants, null);
      if (answer) answers.push(answer);
      const { plan, reader } = view;
      results.push({
        scale,
        plan,
        map: reader.size,
        tiles: reader.tiles,
        top: answer?.top ?? [],
        strengths: [...binStrengths(vector, reader.size.channels)],
        milliseconds: performance.now() - started,
      });
    }
    onScale?.(scales.length);
    const average = bestOnAverage(answers);
    const scoresOf = (answer: Answer | undefined) => average.top.map(({ index }) => answer?.probabilities[index] ?? 0);
    return { facts, scales: results.map((result, i) => ({ ...result, scores: scoresOf(answers[i]) })), average };
  }

  private async answerOf(
    opened: OpenImage,
    policy: SizePolicy,
    { head, options, signal }: Question,
    { strengths = false, ...wants }: Omit<ViewWants, 'backbone'> & { times: StageTimes; strengths?: boolean },
    look: Look | null,
  ): Promise<Answered> {
    const { minSide, tileBudget, pyramid } = options;
    const { times, onStage, keep } = wants;
    const meanHead = isMeanHead(head) ? head : null;
    const [, ...others] = meanHead ? looksAt(policy, options.looks) : [policy];
    const trained = head && !isMeanHead(head) ? head : null;
    const features = trained && headFeatures(trained);
    const view = await opened.view(
      { policy, minSide },
      { ...wants, backbone: backboneOf(head), moments: features?.kind === 'anysize', tileBudget },
    );
    const { reader } = view;
    const tiling = {
      budget: tileBudget,
      signal,
      onTile: (tile: TileProgress) => onStage?.('backbone', tile),
    };
    // What is too large to be kept is pooled while the backbone runs.
    const passing = reader.map === null;
    onStage?.(passing ? 'backbone' : 'spp');
    // A look that follows needs no pass of its own for the places of the maxima.
    const ofPanel = { options: pyramid, argmax: look !== null || (passing && keep !== undefined) };
    const read = trained && pyramidRead(trained);
    const own = read && !samePyramid(read, pyramid) ? { options: read, argmax: false } : null;
    // What nobody looks at is not pooled beside what the head takes.
    const seen = look !== null || passing || strengths;
    const pyramids = [...(own && !seen ? [] : [ofPanel]), ...(own ? [own] : [])];
    const readings = await timed(times, passing ? 'backbone' : 'spp', () =>
      reader.read({ pyramids, mean: meanHead !== null }, tiling),
    );
    const looks: MeanLook[] = [];
    for (const other of others) looks.push(await this.lookAgain(opened, other, head, options, times, signal));
    const pooled =
      features?.kind === 'anysize'
        ? await recipeFeatures(opened, { policy, minSide }, features.sides, {
            tiling,
            wants: { times },
            at: pooledReadings(readings),
          })
        : null;
    onStage?.('head');
    const vectorOf = async (own: HeadData) =>
      pooled
        ? headVector(own, pooled, await this.session().whitener())
        : (readings.pooled.at(-1)?.vector ?? new Float32Array());
    const answer = await timed(times, 'head', async () =>
      trained
        ? answerHead(trained, await vectorOf(trained))
        : meanHead &&
          readings.mean &&
          answerMean(meanHead, [{ plan: view.plan, reader, mean: readings.mean }, ...looks]),
    );
    const shown = new Set([...(look?.top ?? answer?.top ?? []).map(({ index }) => index), ...(look?.classes ?? [])]);
    const evidence = look && answer ? await answer.explain([...shown], tiling) : [];
    return { ...(readings.pooled[0] as Pooled), view, answer, evidence };
  }

  /** The mean of the map at another size, without telling of it: what is shown is the first look. */
  private async lookAgain(
    opened: OpenImage,
    policy: SizePolicy,
    head: ResolvedHead,
    { minSide, tileBudget }: AnalyseOptions,
    times: StageTimes,
    signal: AbortSignal,
  ): Promise<MeanLook> {
    signal.throwIfAborted();
    const own = newTimes();
    const onStage = () => {};
    const { plan, reader } = await opened.view(
      { policy, minSide },
      { backbone: backboneOf(head), tileBudget, times: own, onStage, tellSeen: false },
    );
    const { mean } = await timed(own, reader.map === null ? 'backbone' : 'head', () =>
      reader.read({ pyramids: [], mean: true }, { budget: tileBudget, signal, onTile: onStage }),
    );
    for (const stage of ['size', 'backbone', 'head'] as const) times[stage] += own[stage];
    if (!mean) throw new Error('a reading lacks the mean that was asked for');
    return { plan, reader, mean };
  }
}

/** The views that an answer at one size will take, the first one first. */
function viewsOf(head: ResolvedHead, { policy, minSide, looks }: AnalyseOptions): View[] {
  if (head === null) return [{ policy, minSide }];
  if (isMeanHead(head)) return looksAt(policy, looks).map((look) => ({ policy: look, minSide }));
  const features = headFeatures(head);
  return features.kind === 'anysize' ? recipeViews({ policy, minSide }, features.sides) : [{ policy, minSide }];
}

function backboneOf(head: ResolvedHead): BackboneName {
  return isMeanHead(head) ? head.backbone : 'embedded';
}

/** What is said of an image, as part of what is told of it. */
export function saidBy(answer: AverageAnswer | null): Pick<Analysis, 'said'> {
  return answer?.said ? { said: answer.said } : {};
}
