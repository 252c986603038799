import { expect, test } from 'vitest';
import { anysizeFacts } from '../../core/head/headFeatures.ts';
import { vectorLength } from '../../core/head/buildHead.ts';
import type { HeadData } from '../../core/model.ts';
import { headNumbers, headRecord, readHead } from './headFile.ts';

function headOn(facts: Pick<HeadData, 'features' | 'pyramid' | 'normalisation' | 'channels'>): HeadData {
  const length = vectorLength(facts);
  const numbers = (count: number, from: number) => Float32Array.from({ length: count }, (_, i) => from + i / 1024);
  return {
    id: 'run',
    name: 'Run 1',
    classes: ['cat', 'dog'],
    policy: { kind: 'area', side: 300 },
    scale: 2,
    ...facts,
    weights: numbers(2 * length, 0),
    bias: numbers(2, 5),
    mean: facts.normalisation.centre ? numbers(length, 9) : null,
  };
}

test.each([
  ['no pyramid', headOn(anysizeFacts({ two: 0, four: 0 }, [300]))],
  ['the pyramid', headOn(anysizeFacts({ two: 1, four: 0.6 }, [300]))],
  [
    "the paper's pyramid",
    headOn({
      pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
      normalisation: { sqrt: false, l2: 'vector', centre: true },
      channels: 16,
    }),
  ],
])('a head on %s comes back from its record and its file', async (_, head) => {
  expect(await readHead(headRecord(head, 'file'), headNumbers(head))).toEqual(head);
  expect(await readHead(headRecord(head, 'file'), new Blob(['short']))).toBeNull();
});
