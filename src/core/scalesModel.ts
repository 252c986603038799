/** One image at several scales, as the engine's worker tells the page. */
import type { ClassScore, HeadChoice, ImageFacts, Scale, SizePlan } from './model.ts';
import type { TilesInfo } from './tilesModel.ts';

/** What one scale of several says. */
export interface ScaleResult {
  scale: Scale;
  plan: SizePlan;
  map: { height: number; width: number; channels: number };
  tiles: TilesInfo | null;
  /** Best classes first (at most 5); empty without a head. */
  top: ClassScore[];
  /** Its probability of each class of {@link MultiScaleResult.average} (where a result was averaged, of its `top`), in that order. */
  scores: number[];
  /** L2 norm of each bin's values, in pyramid order. */
  strengths: number[];
  /** Milliseconds from decoded pixels to scores. */
  milliseconds: number;
}

/** One image at several scales. */
export interface MultiScaleResult {
  facts: ImageFacts;
  scales: ScaleResult[];
  /** Best classes of the mean of the scales' probabilities (at most 5); empty without a head. */
  average: ClassScore[];
  head: { choice: HeadChoice; name: string } | null;
  notices: string[];
}
