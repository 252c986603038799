import { expect, test } from 'vitest';
import { onnxProgram } from './onnxProgram.ts';

test('the program in the repository knows every size policy: vitest -u writes it from their descriptors', async () => {
  await expect(onnxProgram()).toMatchFileSnapshot('./anysize_onnx.py');
});
