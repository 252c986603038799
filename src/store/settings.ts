import * as v from 'valibot';
import type { BackendChoice, Decoding, HeadChoice, PyramidOptions, Scale, SizePolicy } from '../core/model.ts';
import type { Looks } from '../core/labels/looks.ts';
import { DEFAULT_HEAD } from '../core/labels/readyHeads.ts';
import { policySchema } from '../core/size/policySchema.ts';
import { DEFAULT_POLICY, MIN_SIDES } from '../core/size/sizing.ts';
import { DEFAULT_LEVELS } from '../core/pyramid/geometry.ts';
import { pyramidSchema } from '../core/pyramid/pyramidSchema.ts';
import { WORKERS_CHOICES, type WorkersChoice } from '../core/tasks/mostEngines.ts';
import type { CreateSlice } from './slice.ts';

export type Theme = 'system' | 'light' | 'dark';

/** How an image comes to a head. */
export interface AnswerPath {
  policy: SizePolicy;
  pyramid: PyramidOptions;
}

/** What decides an answer: the head, and the sizes at which it looks. */
export interface AnswerSettings {
  policy: SizePolicy;
  /** Images are scaled up until no side is below this many pixels; 0 for as they are. */
  minSide: number;
  /** Sizes over whose probabilities an answer is averaged; empty for one answer at the size of `policy`. */
  scales: Scale[];
  head: HeadChoice;
  /** How often a head on the mean looks at the default size: 2 is surer, 1 faster. */
  looks: Looks;
}

/** What a person chose; kept in localStorage. What stands here itself is Classify's. */
export interface Settings extends AnswerSettings {
  pyramid: PyramidOptions;
  /** Batch's own. */
  batch: AnswerSettings;
  /** How much of large photos is decoded. */
  decoding: Decoding;
  /** While a trained head answers: the sizes and the pyramid that it brought, and those that stood there before (see chooseHead). */
  taken: { own: AnswerPath; brought: AnswerPath } | null;
  backend: BackendChoice;
  /** How many engines may work on lists of photos where they run on the processor. */
  workers: WorkersChoice;
  theme: Theme;
  /** Address of the official ImageNet model to try before the usual ones; empty for none. */
  labelsUrl: string;
}

/** A head that can be chosen: made by fine-tuning, known to the engine by the same id. */
export interface HeadEntry {
  id: string;
  name: string;
  classes: string[];
  /** Answers whose best score is below this are "unknown", 0…1; 0 for none. */
  threshold: number;
}

export interface SettingsSlice {
  settings: Settings;
  heads: HeadEntry[];
  /** Changes some settings and keeps them for the next visit (failing silently where storage is denied). */
  changeSettings: (changes: Partial<Settings>) => void;
  /** Changes what the next batch is made with. */
  changeBatchSettings: (changes: Partial<AnswerSettings>) => void;
  setHeads: (heads: HeadEntry[]) => void;
}

export const SETTINGS_KEY = 'anysize.settings';

const side = v.pipe(v.number(), v.integer(), v.minValue(32), v.maxValue(4096));
const pathSchema = v.object({ policy: policySchema, pyramid: pyramidSchema });
const answerEntries = {
  policy: policySchema,
  minSide: v.picklist(MIN_SIDES),
  scales: v.pipe(
    v.array(v.union([side, v.literal('native')])),
    v.maxLength(12),
    v.check((scales) => new Set(scales).size === scales.length, 'each size once'),
  ),
  head: v.union([v.picklist(['everyday', 'imagenet', 'none']), v.object({ id: v.string() })]),
  looks: v.picklist([1, 2]),
};
const settingsSchema = v.object({
  ...answerEntries,
  pyramid: pyramidSchema,
  batch: v.object(answerEntries),
  decoding: v.picklist(['needed', 'whole']),
  taken: v.nullable(v.object({ own: pathSchema, brought: pathSchema })),
  backend: v.picklist(['auto', 'webgpu', 'wasm', 'cpu']),
  workers: v.picklist(WORKERS_CHOICES),
  theme: v.picklist(['system', 'light', 'dark']),
  labelsUrl: v.string(),
});

function defaultAnswer(): AnswerSettings {
  return { policy: DEFAULT_POLICY, minSide: 0, scales: [], head: DEFAULT_HEAD, looks: 2 };
}

export function defaultSettings(): Settings {
  return {
    ...defaultAnswer(),
    pyramid: { levels: [...DEFAULT_LEVELS], rule: 'adaptive', pooling: 'max' },
    batch: defaultAnswer(),
    decoding: 'needed',
    taken: null,
    backend: 'auto',
    workers: 'auto',
    theme: 'system',
    labelsUrl: '',
  };
}

/** Settings from stored text: each part that is missing or not valid takes its default, the rest is kept. */
export function parseSettings(text: string | null): Settings {
  const settings = defaultSettings();
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? '{}');
  } catch {
    return settings;
  }
  if (typeof stored !== 'object' || stored === null) return settings;
  // Before there were built-in classes the ImageNet labels stood there unasked: they are fetched only for who has chosen them.
  if (!('looks' in stored) && 'head' in stored && stored.head === 'imagenet') stored.head = DEFAULT_HEAD;
  const parts = v.safeParse(v.partial(settingsSchema), stored);
  if (parts.success) return withBatch({ ...settings, ...parts.output }, stored);
  for (const key of Object.keys(settingsSchema.entries) as (keyof Settings)[]) {
    const part = v.safeParse(settingsSchema.entries[key], (stored as Record<string, unknown>)[key]);
    if (part.success) Object.assign(settings, { [key]: part.output });
  }
  return withBatch(settings, stored);
}

/** Before Batch had settings of its own it went by Classify's. */
function withBatch(settings: Settings, stored: object): Settings {
  if ('batch' in stored) return settings;
  const { policy, minSide, scales, head, looks } = settings;
  return { ...settings, batch: { policy, minSide, scales: [...scales], head, looks } };
}

/** Heads come with their project; until it is open there is none to choose. */
const readyHead = (head: HeadChoice): HeadChoice => (typeof head === 'object' ? DEFAULT_HEAD : head);

function load(): Settings {
  try {
    const settings = parseSettings(localStorage.getItem(SETTINGS_KEY));
    const { head, batch } = settings;
    return { ...settings, head: readyHead(head), batch: { ...batch, head: readyHead(batch.head) } };
  } catch {
    return defaultSettings();
  }
}

function save(settings: Settings): void {
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(settings));
  } catch {
    // Storage is denied or full: the settings hold for this visit only.
  }
}

export const createSettingsSlice: CreateSlice<SettingsSlice> = (set, get) => ({
  settings: load(),
  heads: [],
  changeSettings: (changes) => {
    set((state) => ({ settings: { ...state.settings, ...changes } }));
    save(get().settings);
  },
  changeBatchSettings: (changes) => {
    const { settings, changeSettings } = get();
    changeSettings({ batch: { ...settings.batch, ...changes } });
  },
  setHeads: (heads) => set({ heads }),
});
