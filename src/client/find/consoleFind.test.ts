import { expect, it } from 'vitest';
import { boxesArgument, findFromConsole, proposalsFromConsole, trainFinderFromConsole } from './consoleFind.ts';

const named = expect.objectContaining({ name: 'BadArgument' });
const photo = new Blob(['x']);

it('takes boxes as lists and typed arrays, names trimmed', () => {
  const boxes = [{ label: ' cat ', box: Int32Array.of(1, 2, 3, 4) }];
  expect(boxesArgument(boxes, 1)).toEqual([{ label: 'cat', box: [1, 2, 3, 4] }]);
});

it.each([
  null,
  'cat',
  [{}],
  [{ label: 'cat' }],
  [{ label: 'cat', box: [1, 2, 3] }],
  [{ label: '', box: [0, 0, 1, 1] }],
])('refuses boxes %j by name', (boxes) => expect(() => boxesArgument(boxes, 1)).toThrow(named));

it('refuses boxes without extent', () => {
  expect(() => boxesArgument([{ label: 'cat', box: [4, 0, 4, 9] }], 2)).toThrow(/photo 2 has no extent/);
});

it('refuses calls that lack what they need', async () => {
  await expect(trainFinderFromConsole(undefined as never)).rejects.toThrow(named);
  await expect(findFromConsole(photo, undefined as never)).rejects.toThrow(named);
  await expect(trainFinderFromConsole({ photos: [] })).rejects.toThrow(named);
  await expect(trainFinderFromConsole({ photos: [{ image: photo, boxes: [] }], side: 3.5 })).rejects.toThrow(named);
  await expect(findFromConsole(photo, { run: {} as never })).rejects.toThrow(named);
  await expect(proposalsFromConsole(photo, { max: 0 })).rejects.toThrow(named);
  await expect(proposalsFromConsole('photo' as unknown as Blob)).rejects.toThrow(named);
});
