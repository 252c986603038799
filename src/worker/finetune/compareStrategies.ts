import { fitHead } from './fitHead.ts';
import { RunControl } from './RunControl.ts';
import { metricsOf, predictAll } from './evaluateHead.ts';
import type { Preparation } from './prepare.ts';
import type {
  Comparison,
  ComparisonProgress,
  Strategy,
  StrategyResult,
  TrainingProgress,
  TrainingRequest,
} from '../../core/training/model.ts';
import { DEFAULT_NORMALISATION } from '../../core/head/normalise.ts';
import { featuresOf, headFacts } from '../../core/training/features.ts';
import { deviation, mean, pairedGain } from '../../core/training/pairedGain.ts';
import { strategyName } from '../../core/training/strategyNames.ts';
import { buildHead } from '../../core/head/buildHead.ts';
import { AnysizeError } from '../../core/errors.ts';
import type { PyramidOptions, SizePolicy } from '../../core/model.ts';

const GLOBAL_MEAN: PyramidOptions = { levels: [1], rule: 'adaptive', pooling: 'mean' };

/**
 * The request as one strategy would have it; everything else stays the same, but for a learning rate set by hand: it suits
 * vectors of one length, and would handicap the strategies whose vectors are shorter or longer.
 */
export function withStrategy(given: TrainingRequest, strategy: Strategy): TrainingRequest {
  const request = { ...given, training: { ...given.training, learningRate: 'auto' as const } };
  const { vectors, training } = request;
  const once = { ...vectors, augmentation: null, trainSides: null, testSides: null };
  const globalMean = (policy: SizePolicy): TrainingRequest => ({
    ...request,
    vectors: { ...once, features: 'paper', policy, pyramid: GLOBAL_MEAN },
    training: { ...training, normalisation: DEFAULT_NORMALISATION },
  });
  const own = featuresOf(vectors) === 'thorough' ? ('thorough' as const) : ('anysize' as const);
  switch (strategy) {
    case 'crop':
      return globalMean({ kind: 'crop' });
    case 'warp':
      return globalMean({ kind: 'warp' });
    case 'mean':
      return globalMean(vectors.policy);
    case 'spp':
      return { ...request, vectors: { ...once, features: 'paper' } };
    case 'plain':
      return { ...request, vectors: { ...once, features: own, grids: { two: 0, four: 0 } } };
    case 'auto':
      return { ...request, vectors: { ...once, features: own, grids: 'auto' } };
    default:
      return strategy satisfies never;
  }
}

/**
 * "Is SPP worth it on my photos?": the same head, split and seeds on several strategies. The strategies share each seed's
 * split, so their differences are paired.
 * @throws AnysizeError `BadArgument` without validation photos, `Cancelled`
 */
export async function compareStrategies(
  preparation: Preparation,
  request: TrainingRequest,
  strategies: readonly Strategy[],
  seeds: readonly number[],
  onProgress: (progress: ComparisonProgress) => void,
  signal: AbortSignal,
): Promise<Comparison> {
  if (strategies.length === 0 || seeds.length === 0) {
    throw new AnysizeError('BadArgument', 'A comparison needs at least one strategy and one seed.');
  }
  const accuracies = new Map<Strategy, number[]>(strategies.map((strategy) => [strategy, []]));
  const total = strategies.length * seeds.length;
  let done = 0;
  let judgedPerLearned = 0;
  for (const strategy of strategies) {
    for (const seed of seeds) {
      const asked = withStrategy({ ...request, split: { ...request.split, seed } }, strategy);
      const report = (phase: ComparisonProgress['phase'], photos: ComparisonProgress['photos'] = null) =>
        onProgress({ strategy, done, total, phase, photos });
      const onPhoto = (progress: TrainingProgress) =>
        report('vectors', progress.phase === 'vectors' ? { done: progress.done, total: progress.total } : null);
      const control = new RunControl();
      const prepared = await preparation.prepare(asked, onPhoto, control, signal, request.vectors);
      const fitted = await fitHead(prepared, asked.training, seed, () => report('training'), control, signal);
      const { classes, vectors } = asked;
      const head = buildHead(
        { id: strategy, name: strategy, classes, ...headFacts(vectors, prepared.recipe?.weights ?? null) },
        prepared.set.normaliser,
        fitted.layer,
      );
      const judged = prepared.photos.filter((photo) => photo.side === 'val');
      const metrics = metricsOf(await predictAll(head, judged, signal), 'val', classes.length);
      if (!metrics) {
        throw new AnysizeError('BadArgument', 'A comparison needs validation photos: raise the validation share.');
      }
      accuracies.get(strategy)?.push(metrics.accuracy.value);
      judgedPerLearned = judged.length / prepared.photos.filter((photo) => photo.side === 'train').length;
      done++;
      report('training');
    }
  }
  const results = strategies.map((strategy) => summarise(strategy, accuracies.get(strategy) ?? []));
  const { policy } = request.vectors;
  return { results, seeds: [...seeds], policy, ...judgeStrategies(results, judgedPerLearned, policy) };
}

export function summarise(strategy: Strategy, accuracies: number[]): StrategyResult {
  return { strategy, accuracies, mean: mean(accuracies), deviation: deviation(accuracies) };
}

/**
 * Who won. The best mean wins; those whose paired difference from it is within the 95% interval over the seeds ({@link pairedGain}) tie with it.
 * With one seed only equal accuracies tie.
 * @param judgedPerLearned n_val/n_train
 * @param policy the size policy that was chosen, for the names
 */
export function judgeStrategies(
  results: readonly StrategyResult[],
  judgedPerLearned: number,
  policy: SizePolicy,
): Pick<Comparison, 'winners' | 'verdict'> {
  const best = results.reduce((a, b) => (b.mean > a.mean ? b : a));
  const tied = results.filter((other) => {
    const gain = pairedGain(best.accuracies, other.accuracies, judgedPerLearned);
    return other === best || gain.mean <= gain.margin;
  });
  const winners = tied.map((result) => result.strategy);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  if (tied.length === 1) {
    const second = results.filter((result) => result !== best).sort((a, b) => b.mean - a.mean)[0];
    const lead = second
      ? `, ${(100 * (best.mean - second.mean)).toFixed(1)} points above ${strategyName(second.strategy, policy)}`
      : '';
    return { winners, verdict: `${strategyName(best.strategy, policy)} wins with ${percent(best.mean)}${lead}.` };
  }
  const names = tied.map((result) => `${strategyName(result.strategy, policy)} (${percent(result.mean)})`);
  const list = `${names.slice(0, -1).join('; ')} and ${names.at(-1)}`;
  return {
    winners,
    verdict: `${list} tie: the difference is within what another split of the photos would change.`,
  };
}
