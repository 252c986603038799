import { expect, test } from 'vitest';
import { sampleHead } from '../exportFixtures.ts';
import { pytorchProgram } from './pytorchProgram.ts';

const pyramid = { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' } as const;

test.each([
  ['none', { sqrt: false, l2: 'none', centre: false }, null],
  ['L2', { sqrt: false, l2: 'vector', centre: false }, 'x = F.normalize(x)'],
  ['√', { sqrt: true, l2: 'none', centre: false }, 'x = x.sqrt()'],
  [
    'all',
    { sqrt: true, l2: 'level', centre: true },
    'x = (torch.cat([F.normalize(part) for part in x.sqrt().split(LENGTHS, 1)], 1) - self.normalisation.mean) / self.normalisation.scale',
  ],
] as const)('normalisation is one line: %s', (_, normalisation, line) => {
  const program = pytorchProgram(sampleHead({ ...pyramid, levels: [...pyramid.levels] }, normalisation, 2));
  const forward = program.slice(program.indexOf('x = torch.cat([pool'), program.indexOf('return self.lin(x)'));
  expect(
    forward
      .split('\n')
      .slice(1, -1)
      .map((text) => text.trim()),
  ).toEqual(line === null ? [] : [line]);
});

test('no name of a person gets into the program', () => {
  const head = sampleHead({ ...pyramid, levels: [4, 2, 1] }, { sqrt: false, l2: 'vector', centre: true }, 2);
  const hostile = { ...head, name: '"""\nimport os', classes: ['"""\nos.system("x")', 'b', 'c'] };
  expect(pytorchProgram(hostile)).toBe(pytorchProgram(head));
});
