import { describe, expect, test } from 'vitest';
import type { BackboneGraph } from '../backboneGraph.ts';
import { madeUpBackbone } from '../exportFixtures.ts';
import { readModel } from '../onnx/readModelFixtures.ts';
import { FINDERS, sampleFinder } from './finderFixtures.ts';
import { finderMapsModel, finderWindowsModel } from './finderModel.ts';

/** Two steps of a backbone, with the names and channels of the maps. */
function backbone(): BackboneGraph {
  const last = madeUpBackbone(1280);
  const [step] = madeUpBackbone(576).steps;
  if (step?.kind !== 'conv') throw new Error('made up otherwise');
  return { ...last, steps: [{ ...step, name: 'block_13_expand' }, ...last.steps] };
}

describe.each(FINDERS)('%s', (_, settings) => {
  const finder = sampleFinder(settings);
  const files: [string, Uint8Array][] = [
    ['maps', finderMapsModel(finder, backbone(), '1.2.3')],
    ['windows', finderWindowsModel(finder, '1.2.3')],
  ];

  test.each(files)('%s.onnx: every value is made once, before it is used, and every weight is used', (__, file) => {
    const { inputs, outputs, tensors, nodes } = readModel(file);
    const known = new Set([...inputs.map(({ name }) => name), ...tensors]);
    expect(known.size).toBe(inputs.length + tensors.length);
    const used = new Set<string>();
    for (const node of nodes) {
      for (const name of node.inputs) {
        expect(known).toContain(name);
        used.add(name);
      }
      for (const name of node.outputs) {
        expect(known).not.toContain(name);
        known.add(name);
      }
    }
    expect([...tensors, ...inputs.map(({ name }) => name)].filter((name) => !used.has(name))).toEqual([]);
    for (const { name } of outputs) expect(known).toContain(name);
  });

  test('it tells its classes and settings, and windows.onnx takes what maps.onnx gives', () => {
    const [maps, windows] = files.map(([, file]) => readModel(file));
    expect(maps?.outputs.map(({ name }) => name)).toEqual(settings.maps);
    expect(windows?.inputs.map(({ name }) => name)).toEqual([...settings.maps, 'size', 'boxes']);
    expect(windows?.outputs).toEqual([
      { name: 'scores', sides: ['windows', 2] },
      { name: 'regressed', sides: ['windows', 2, 4] },
    ]);
    for (const model of [maps, windows]) {
      expect(JSON.parse(model?.metadata.get('settings') ?? '')).toEqual(settings);
      expect(JSON.parse(model?.metadata.get('classes') ?? '')).toEqual(
        finder.classes.map(({ name, platt, threshold }) => ({ name, platt, threshold })),
      );
    }
  });
});

test('a finder whose weights do not fit its settings is refused', () => {
  const finder = sampleFinder(FINDERS[0]?.[1] ?? expect.fail());
  expect(() => finderWindowsModel({ ...finder, settings: { ...finder.settings, levels: [2, 1] } }, '0')).toThrow(
    /18560 weights where 9280 are needed/,
  );
});
