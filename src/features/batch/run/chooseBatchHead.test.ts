import { beforeEach, expect, test } from 'vitest';
import { chooseHead } from '../../../client/chooseHead.ts';
import { keepHead } from '../../../client/trainedHeads.ts';
import type { HeadData } from '../../../core/model.ts';
import { defaultSettings, parseSettings } from '../../../store/settings.ts';
import { useStore } from '../../../store/store.ts';
import { chooseBatchHead } from './chooseBatchHead.ts';

const pyramid = { levels: [2, 1], rule: 'adaptive', pooling: 'max' } as const;
const settings = () => useStore.getState().settings;

beforeEach(() => {
  useStore.setState({ settings: defaultSettings() });
  keepHead({ id: 'a', policy: { kind: 'warp' }, pyramid } as unknown as HeadData);
});

test('Batch and Classify have classes of their own', () => {
  chooseHead({ id: 'a' });
  expect(settings().batch).toEqual(defaultSettings().batch);
  chooseHead('everyday');
  chooseBatchHead({ id: 'a' });
  expect(settings().batch).toMatchObject({ head: { id: 'a' }, policy: { kind: 'warp' } });
  expect(settings()).toMatchObject({ head: 'everyday', policy: defaultSettings().policy });
});

test('the size that a trained head brought goes with it, one that was chosen stays', () => {
  chooseBatchHead({ id: 'a' });
  chooseBatchHead('everyday');
  expect(settings().batch.policy).toEqual(defaultSettings().policy);
  chooseBatchHead({ id: 'a' });
  useStore.getState().changeBatchSettings({ policy: { kind: 'crop' } });
  chooseBatchHead('none');
  expect(settings().batch.policy).toEqual({ kind: 'crop' });
});

test('settings of before go on: Batch went by Classify then', () => {
  const { batch: _, ...before } = { ...defaultSettings(), head: 'none', policy: { kind: 'crop' } };
  expect(parseSettings(JSON.stringify(before)).batch).toMatchObject({ head: 'none', policy: { kind: 'crop' } });
});
