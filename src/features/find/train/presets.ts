import { DEFAULT_FINDER, FAST_FINDER, type FinderSettings, PAPER_FINDER } from '../../../core/find/settings.ts';
import { wholePercent } from '../../../ui/format.ts';

export type PresetName = 'usual' | 'fast' | 'paper';

export interface Preset {
  name: PresetName;
  label: string;
  /** In few words, what it costs and gives. */
  says: string;
  settings: FinderSettings;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'usual',
    label: 'Usual',
    says: 'Looks at photos with a shorter side of 480 px. The most exact of the three on our photos.',
    settings: DEFAULT_FINDER,
  },
  {
    name: 'fast',
    label: 'Fast',
    says: 'A shorter side of 300 px: about a third of the time, a little less exact with small things.',
    settings: FAST_FINDER,
  },
  {
    name: 'paper',
    label: 'As in the paper',
    says: 'The settings of SPP-net (2014): 688 px, the last map only, 50 bins, true boxes as the only positives, no voting.',
    settings: PAPER_FINDER,
  },
];

/** The preset that these settings are, whatever the order of their fields; null where they are one's own. */
export function presetOf(settings: FinderSettings): Preset | null {
  const same = (a: FinderSettings, b: FinderSettings) =>
    finderWords(a).every(([, value], i) => value === finderWords(b)[i]?.[1]);
  return PRESETS.find((preset) => same(preset.settings, settings)) ?? null;
}

const MAPS = { last: 'last', middle: 'middle' } as const;

/** Every setting of a finder by name, for reading and comparing. */
export function finderWords(settings: FinderSettings): [name: string, value: string][] {
  const { side, maps, levels, proposals, positiveIou, negativeIou, regressor } = settings;
  return [
    ['Shorter side', `${side} px`],
    ['Maps', maps.map((map) => MAPS[map]).join(' and ')],
    ['Pyramid', levels.map((n) => `${n}×${n}`).join(', ')],
    ['Proposals', `${proposals.kind === 'search' ? 'selective search' : 'grid'}, ${proposals.max} at most`],
    ['Proposals’ seed', String(proposals.seed)],
    ['Positives', positiveIou === null ? 'true boxes only' : `IoU from ${wholePercent(positiveIou)}`],
    ['Negatives', `IoU below ${wholePercent(negativeIou)}`],
    ['First negatives', `${settings.firstNegatives} a photo`],
    ['Hard negatives', `${settings.rounds} rounds, ${settings.hardNegatives} a photo`],
    ['SVM', `C ${settings.c}, ${settings.iterations} iterations`],
    [
      'Box regressor',
      regressor ? `IoU from ${wholePercent(regressor.iou)}, ${regressor.most} a photo, λ ${regressor.lambda}` : 'off',
    ],
    ['Windows', `${settings.windows} best of a photo`],
    ['Suppression', `IoU above ${wholePercent(settings.suppression)}`],
    ['Voting', settings.voting ? 'on' : 'off'],
  ];
}
