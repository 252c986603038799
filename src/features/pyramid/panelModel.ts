import type { ClassEvidence, Inspection } from '../../core/model.ts';
import { binStrengths } from '../../core/pyramid/binStrengths.ts';
import { samePyramid } from '../../core/pyramid/samePyramid.ts';
import { type Bin, levelOffsets, pyramidBins } from '../../core/pyramid/geometry.ts';
import type { Measure, PyramidView } from '../../store/view.ts';
import { diverging, type Scale, sequential } from '../../ui/charts/palettes.ts';
import { channelValues, ranks, rmsPerColumn } from './readout/measures.ts';

/** One image's bins under the chosen measure. */
export interface PanelModel {
  name: string;
  inspection: Inspection;
  channels: number;
  bins: Bin[];
  /** First bin of each level, and the bin count. */
  offsets: number[];
  strengths: Float64Array;
  /** The measure that is shown: `strength` where the chosen one is not to be had. */
  measure: Measure;
  values: ArrayLike<number>;
  /** Rank of each bin by value, among all bins and among those of its level; 1 is the largest. */
  rankOfAll: number[];
  rankInLevel: number[];
  /** Evidence for the best classes, per bin of this pyramid or per cell; empty without a head, and where the head's pyramid is another. */
  classes: ClassEvidence[];
  /** The class whose evidence is shown, when that is the measure. */
  evidence: ClassEvidence | null;
}

/** Evidence that stands in the bins of another pyramid, a trained head's own, is not for these bins. */
function evidenceHere({ evidence, headPyramid, pyramid }: Inspection): ClassEvidence[] {
  return headPyramid && !samePyramid(headPyramid, pyramid) ? [] : evidence;
}

/** Puts together what panel, overlay and exports show of one image. Under 5 ms for 26,880 values; memoise it. */
export function panelModel(
  name: string,
  inspection: Inspection,
  view: Pick<PyramidView, 'measure' | 'channel' | 'classIndex'>,
): PanelModel {
  const { map, pyramid, vector } = inspection;
  const { channels } = map;
  const bins = pyramidBins({ top: 0, left: 0, bottom: map.height, right: map.width }, pyramid.levels, pyramid.rule);
  const offsets = levelOffsets(pyramid.levels);
  const norms = binStrengths(vector, channels);
  const classes = evidenceHere(inspection);
  const chosen = classes.find(({ index }) => index === view.classIndex) ?? classes[0] ?? null;
  const evidence = view.measure === 'evidence' ? chosen : null;

  let measure: Measure = 'strength';
  let values: ArrayLike<number> = norms;
  if (view.measure === 'channel') {
    measure = 'channel';
    values = channelValues(vector, channels, Math.min(view.channel, channels - 1));
  } else if (evidence) {
    measure = 'evidence';
    values = evidence.bins ?? norms;
  }
  const list = Array.from(values);
  const rankInLevel = pyramid.levels.flatMap((_, level) => ranks(list.slice(offsets[level], offsets[level + 1])));
  return {
    name,
    inspection,
    channels,
    bins,
    offsets,
    strengths: norms,
    measure,
    values,
    rankOfAll: ranks(list),
    rankInLevel,
    classes,
    evidence,
  };
}

/** True where the shown evidence is per cell of the map, not per bin (a head on the mean). */
export function isPerCell(model: PanelModel): boolean {
  return model.evidence !== null && model.evidence.bins === null;
}

/** The one colour scale of all images shown: diverging for evidence, from 0 for a channel, over the values' range for strength. */
export function scaleOf(models: readonly PanelModel[]): Scale {
  const values = models.flatMap((model) => Array.from(isPerCell(model) ? (model.evidence?.cells ?? []) : model.values));
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const min = values.reduce((a, b) => Math.min(a, b), Infinity);
  const measure = models[0]?.measure;
  if (measure === 'evidence') return diverging(Math.max(Math.abs(min), Math.abs(max)));
  return sequential(measure === 'channel' ? 0 : min, max);
}

/** Largest value of the vectors, where the scale of single values ends. */
export function vectorMax(models: readonly PanelModel[]): number {
  let max = 0;
  for (const { inspection } of models) for (const value of inspection.vector) if (value > max) max = value;
  return max;
}

/** Values per pixel of the strip at a usual width; its scale is made for as many. */
const VALUES_PER_PIXEL = 32;

/** Scale of the strip, whose pixels show the root mean square of neighbouring values: from 0 to the largest of 32 neighbours. */
export function stripScaleOf(models: readonly PanelModel[]): Scale {
  let max = 1e-6;
  for (const { inspection } of models) {
    const columns = Math.max(1, Math.floor(inspection.vector.length / VALUES_PER_PIXEL));
    for (const value of rmsPerColumn(inspection.vector, columns)) if (value > max) max = value;
  }
  return sequential(0, max);
}

/** The measure in words, with its unit. */
export function measureLabel(model: PanelModel, channel: number): string {
  if (model.measure === 'channel') return `Channel ${channel}, value`;
  if (model.measure === 'evidence') return `Evidence for ${model.evidence?.label ?? ''}, share of the logit`;
  return 'Strength, L2 norm';
}

/** The measure of one image or two in words; two may show the evidence for different classes, each its own best. */
export function legendLabel(models: readonly PanelModel[], channel: number): string {
  const [first, second] = models;
  if (!first) return '';
  const [above, below] = [first.evidence, second?.evidence];
  if (above && below && above.index !== below.index) return `Evidence for ${above.label} above, ${below.label} below`;
  return measureLabel(first, channel);
}

/** A number with as many decimals as its size deserves, and a true minus sign. */
export function valueText(value: number, signed = false): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const text = size.toFixed(digits);
  if (Number(text) === 0) return text;
  if (value < 0) return `−${text}`;
  return signed ? `+${text}` : text;
}

/** The bin that is lit: the one pointed at, else the chosen one; null when it is not in this pyramid. */
export function activeBin(model: PanelModel, view: Pick<PyramidView, 'bin' | 'pointed'>): Bin | null {
  const index = view.pointed ? view.pointed.bin : view.bin;
  return index === null ? null : (model.bins[index] ?? null);
}

/** "row 2, column 3 of 4×4", counted from 1 as people do. */
export function binName(model: PanelModel, bin: Bin): string {
  const n = model.inspection.pyramid.levels[bin.level] ?? 0;
  return n === 1 ? 'the 1×1 bin' : `row ${bin.row + 1}, column ${bin.column + 1} of ${n}×${n}`;
}
