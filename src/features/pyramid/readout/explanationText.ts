import type { PyramidOptions } from '../../../core/model.ts';
import { binCount } from '../../../core/pyramid/geometry.ts';
import { poolingOf } from '../../../core/pyramid/poolings.ts';
import { ruleOf } from '../../../core/pyramid/rules/rules.ts';
import { count } from '../../../ui/format.ts';

const list = new Intl.ListFormat('en-GB');

/** What spatial pyramid pooling with these levels, this rule and this pooling is, in a few sentences for a student. */
export function explanationText({ levels, rule, pooling }: PyramidOptions, channels: number): string {
  const bins = binCount(levels);
  const squares = levels.map((n) => String(n * n));
  const all = squares.length > 1 ? `${squares.join(' + ')} = ${bins}` : String(bins);
  const grids = list.format(levels.map((n) => `${n}×${n}`));
  const single = levels.length === 1 && levels[0] === 1;
  return [
    `MobileNetV2 turns an image into a feature map: a grid of cells, one for about 32×32 pixels, each with ${count(channels)} channel values.`,
    'A larger image has more cells, but a classifier needs a vector of one fixed length.',
    single
      ? `Spatial pyramid pooling (He et al. 2014) lays grids of bins over the map, here a single bin, and keeps the ${poolingOf(pooling).keeps} of each channel in it.`
      : `Spatial pyramid pooling (He et al. 2014) lays ${levels.length === 1 ? 'a grid' : 'grids'} of ${grids} bins over the map and keeps, in every bin, the ${poolingOf(pooling).keeps} of each channel.`,
    pooling === 'mean' && single ? 'That is the usual global average.' : '',
    pooling === 'mean' && !single ? 'SPP-net itself keeps the maximum.' : '',
    single ? '' : ruleOf(rule).explained,
    single
      ? ''
      : 'Bins hold whole cells: where the cells of a side are not a multiple of its bins, neighbours share a row or a column of cells, so a grid’s lines over the image stand in pairs.',
    `However many cells there are, there ${bins === 1 ? 'is' : 'are'} always ${all} ${bins === 1 ? 'bin' : 'bins'}, so the vector always has ${bins} × ${count(channels)} = ${count(bins * channels)} values,`,
    single
      ? 'but it no longer knows where things are: for that, add a finer level.'
      : 'and it still knows roughly where things are.',
    'On ordinary photos the size policy and the normalisation matter more than the pyramid; its real win is telling where something is.',
  ]
    .filter(Boolean)
    .join(' ');
}
