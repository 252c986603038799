import { expect, test } from 'vitest';
import { logitsLine } from './logitsLine.ts';

const area = (side: number) => ({ kind: 'area', side }) as const;

test('the factor of the percentages is told with the looks that it is for', () => {
  expect(logitsLine({ looks: [area(300)], factor: 2.4248 })).toMatch(/^one look \(.*300.*\), logits × 2\.42$/);
  expect(logitsLine({ looks: [area(300), area(224)], factor: 2.0291 })).toMatch(
    /^two looks \(.*300, .*224.*\), logits × 2\.03$/,
  );
  expect(logitsLine({ looks: [area(300), area(224)], factor: 1 })).toMatch(/, calibrated$/);
});
