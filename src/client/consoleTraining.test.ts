import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../core/training/defaults.ts';
import type { TrainingSample } from '../core/training/model.ts';

vi.mock('./engineClient.ts', () => ({ engine: {} }));
const { checkClasses, compareFromConsole, consoleOptions, trainFromConsole, withoutConflicts } =
  await import('./consoleTraining.ts');

describe('options of the console', () => {
  it('are the tab’s own where nothing is asked for', () => {
    expect(consoleOptions({})).toEqual({ split: DEFAULT_SPLIT, vectors: DEFAULT_VECTORS, training: DEFAULT_TRAINING });
  });

  it('are understood in their groups and without', () => {
    const grouped = consoleOptions({ training: { epochs: 3 }, split: { seed: 9 }, vectors: { testSides: [224] } });
    expect(consoleOptions({ epochs: 3, seed: 9, testSides: [224] })).toEqual(grouped);
    expect([grouped.training.epochs, grouped.split.seed, grouped.vectors.testSides]).toEqual([3, 9, [224]]);
    expect(consoleOptions({ epochs: 3, training: { epochs: 5 } }).training.epochs).toBe(5);
  });

  it('take names alone for size policies and schedules', () => {
    const { vectors, training } = consoleOptions({ policy: 'warp', schedule: 'step' } as object);
    expect(vectors.policy).toEqual({ kind: 'warp' });
    expect(training.schedule).toEqual({ kind: 'step', every: 10, factor: 0.1 });
    expect(consoleOptions({ schedule: { kind: 'step', every: 3 } } as object).training.schedule).toEqual({
      kind: 'step',
      every: 3,
      factor: 0.1,
    });
    expect(() => consoleOptions({ optimiser: 'rmsprop' } as object)).toThrow(
      /optimiser is one of adam, sgd; got rmsprop/,
    );
    expect(() => consoleOptions({ method: 'svm' } as object)).toThrow(/method is one of/);
    expect(() => consoleOptions({ schedule: 'fast' } as object)).toThrow(/schedule is one of/);
    expect(() => consoleOptions({ policy: 'huge' } as object)).toThrow(/size policy/);
  });

  it('are on the paper’s features where a pyramid or a normalisation is asked for and no features are', () => {
    const pyramid = { levels: [2, 1], rule: 'adaptive', pooling: 'max' } as const;
    const levels = { ...pyramid, levels: [...pyramid.levels] };
    expect(consoleOptions({}).vectors.features).toBe('anysize');
    expect(consoleOptions({ pyramid: levels }).vectors.features).toBe('paper');
    expect(consoleOptions({ vectors: { pyramid: levels } }).vectors.features).toBe('paper');
    const normalisation = { sqrt: true, l2: 'none', centre: false } as const;
    expect(consoleOptions({ training: { normalisation } }).vectors.features).toBe('paper');
    expect(consoleOptions({ pyramid: levels, features: 'thorough' }).vectors.features).toBe('thorough');
    expect(() => consoleOptions({ features: 'spp' } as object)).toThrow(/features is one of anysize, thorough, paper/);
  });

  it('are refused where there is none of that name', () => {
    expect(() => consoleOptions({ epoch: 3 } as object)).toThrow(/no option "epoch".*epochs/);
    expect(() => consoleOptions({ training: { seed: 3 } } as object)).toThrow(/no option "training.seed"/);
    expect(() => consoleOptions(JSON.parse('{"__proto__": 1}') as object)).toThrow(/no option "__proto__"/);
  });
});

it('takes options beside the classes as well as in options, and refuses misspelt ones either way', async () => {
  const classes = { a: [], b: [] };
  await expect(trainFromConsole({ classes, features: 'x' as never })).rejects.toThrow(/features is one of/);
  await expect(trainFromConsole({ classes, options: { features: 'y' as never } })).rejects.toThrow(/got y/);
  await expect(compareFromConsole({ classes, epoch: 3 } as never)).rejects.toThrow(/no option "epoch"/);
  await expect(trainFromConsole(undefined as never)).rejects.toThrow(/at least two classes/);
  await expect(compareFromConsole(undefined as never)).rejects.toThrow(/at least two classes/);
});

it('wants two classes or more, each a list, whatever their names', () => {
  expect(() => checkClasses(undefined)).toThrow(/at least two classes/);
  expect(() => checkClasses({ a: [] })).toThrow(/at least two classes/);
  expect(() => checkClasses({ a: [], b: new Blob([]) })).toThrow(/"b" is no list/);
  expect(() => checkClasses(JSON.parse('{"__proto__": [], "": []}'))).not.toThrow();
});

it('leaves out pictures that stand in several classes, wherever they stand', () => {
  const sample = (id: string, hash: string, classIndex: number) => ({ id, hash, classIndex }) as TrainingSample;
  const { kept, disputed } = withoutConflicts([sample('0/0', 'x', 0), sample('0/1', 'y', 0), sample('1/0', 'x', 1)]);
  expect(kept.map(({ id }) => id)).toEqual(['0/1']);
  expect(disputed).toBe(1);
});
