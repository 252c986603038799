import { beforeEach, describe, expect, test } from 'vitest';
import type { HeadData } from '../core/model.ts';
import { chooseHead } from './chooseHead.ts';
import { forgetHead, keepHead } from './trainedHeads.ts';
import { defaultSettings, parseSettings } from '../store/settings.ts';
import { useStore } from '../store/store.ts';

const trained = (id: string, levels: number[], policy: HeadData['policy']) =>
  keepHead({ id, policy, pyramid: { levels, rule: 'adaptive', pooling: 'mean' } } as HeadData);
const settings = () => useStore.getState().settings;

beforeEach(() => {
  chooseHead('imagenet');
  useStore.setState({ settings: defaultSettings() });
  trained('a', [3, 1], { kind: 'warp' });
  trained('b', [6, 3, 2, 1], { kind: 'area', side: 224 });
});

describe('a trained head', () => {
  test('brings its size policy and its pyramid, and forgets bins and classes that mean something else', () => {
    useStore.getState().changePyramidView({ bin: 17, gridLevel: 2, classIndex: 800 });
    chooseHead({ id: 'a' });
    expect(settings()).toMatchObject({
      head: { id: 'a' },
      policy: { kind: 'warp' },
      pyramid: { levels: [3, 1], rule: 'adaptive', pooling: 'mean' },
    });
    expect(useStore.getState().pyramidView).toMatchObject({ bin: null, gridLevel: 0, classIndex: null });
  });

  test('takes them with it, also when it was deleted and another stood in between', () => {
    const { policy, pyramid } = settings();
    chooseHead({ id: 'a' });
    chooseHead({ id: 'b' });
    expect(settings()).toMatchObject({ policy: { side: 224 }, pyramid: { levels: [6, 3, 2, 1] } });
    forgetHead('b');
    chooseHead('imagenet');
    expect(settings()).toMatchObject({ head: 'imagenet', policy, pyramid });
  });

  test('takes them with it after a reload too', () => {
    const { policy, pyramid } = settings();
    chooseHead({ id: 'a' });
    useStore.setState({ settings: parseSettings(JSON.stringify(settings())) });
    chooseHead('imagenet');
    expect(settings()).toEqual({ ...defaultSettings(), head: 'imagenet', policy, pyramid });
  });

  test('leaves what was changed by hand since', () => {
    const { pyramid } = settings();
    chooseHead({ id: 'a' });
    useStore.getState().changeSettings({ policy: { kind: 'fit', side: 256 } });
    chooseHead('none');
    expect(settings()).toMatchObject({ head: 'none', policy: { kind: 'fit', side: 256 }, pyramid });
  });

  test('that is not at hand changes neither', () => {
    const { policy, pyramid } = settings();
    chooseHead({ id: 'unknown' });
    expect(settings()).toMatchObject({ head: { id: 'unknown' }, policy, pyramid });
  });
});
