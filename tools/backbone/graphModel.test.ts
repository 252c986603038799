import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mobileNetV2, weightShape } from './architecture.ts';
import { graphModel } from './graphModel.ts';

const COMMITTED = fileURLToPath(new URL('../../public/models/mobilenet-v2-features/', import.meta.url));

test('MobileNetV2 1.0 has 52 convolutions, ten residual blocks and stride 32', () => {
  const plan = mobileNetV2();
  expect(plan).toHaveLength(52);
  expect(plan.filter((conv) => conv.residual)).toHaveLength(10);
  expect(plan.reduce((stride, conv) => stride * conv.stride, 1)).toBe(32);
  plan.slice(1).forEach((conv, i) => expect(conv.input).toBe(plan[i]!.output));
  // 3,504,872 parameters in Keras, less the classifier's 1,281,000; here batch norms are one bias per channel.
  const weights = plan.reduce((sum, conv) => sum + weightShape(conv).reduce((a, b) => a * b, 1), 0);
  expect(weights).toBe(2_189_760);
});

test('the same convolutions give the same bytes, and the committed graph is the one built', () => {
  const plan = mobileNetV2();
  const convs = plan.map((conv) => ({
    weights: new Float32Array(weightShape(conv).reduce((a, b) => a * b, 1)).fill(0.1),
    bias: new Float32Array(conv.output),
  }));
  const [first, second] = [graphModel(plan, convs, 'a test'), graphModel(plan, convs, 'a test')];
  expect([...first.keys()]).toEqual(['model.json', 'weights.bin']);
  for (const [name, bytes] of first) expect(bytes.equals(second.get(name)!)).toBe(true);

  expect(existsSync(COMMITTED)).toBe(true);
  const built = JSON.parse(first.get('model.json')!.toString('utf8'));
  const committed = JSON.parse(readFileSync(`${COMMITTED}model.json`, 'utf8'));
  expect({ ...committed, generatedBy: '' }).toEqual({ ...built, generatedBy: '' });
  expect(statSync(`${COMMITTED}weights.bin`).size).toBe(first.get('weights.bin')!.length);
});
