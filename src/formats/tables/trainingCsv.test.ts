import { expect, test } from 'vitest';
import { batchesCsv, decayCsv, epochsCsv, predictionsCsv } from './trainingCsv.ts';

test('curves are written in full precision, a missing validation as nothing', () => {
  expect(batchesCsv([{ step: 0, loss: 1 / 3, learningRate: 0.009 }])).toBe(
    'step,train loss,learning rate\r\n0,0.3333333333333333,0.009\r\n',
  );
  const epoch = { epoch: 1, trainLoss: 0.5, trainAccuracy: 1, validationLoss: null, validationAccuracy: null };
  expect(epochsCsv([epoch]).split('\r\n')[1]).toBe('1,0.5,,1,');
  expect(decayCsv([{ weightDecay: 1e-5, accuracy: 0.8 }]).split('\r\n')[1]).toBe('0.00001,0.8');
});

test('names of photos and classes cannot become formulas or break the table', () => {
  const run = {
    classes: ['=1+1', 'a,"b"'],
    predictions: [{ id: 'image-1', side: 'val' as const, truth: 0, predicted: 1, probabilities: [0.25, 0.75] }],
  };
  const text = predictionsCsv(run, () => '@SUM(A1).jpg');
  expect(text).toBe(
    'photo,side,true class,predicted class,p(=1+1),"p(a,""b"")"\r\n' +
      `'@SUM(A1).jpg,val,'=1+1,"a,""b""",0.25,0.75\r\n`,
  );
});
