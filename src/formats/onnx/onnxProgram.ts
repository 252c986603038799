import { PYTHON_OPENED } from '../photoProgram.ts';
import { pythonPlan } from '../planProgram.ts';
import program from './anysize_onnx.py?raw';

/**
 * The Python program that ships with the ONNX export, whole: anysize_onnx.py, whose sizing is written from the size policies' descriptors and whose
 * reading of photos is PyTorch's too.
 * The file itself runs as it stands and is kept equal to this by a test.
 */
export function onnxProgram(): string {
  return program
    .replace(/^def opened\([^]*?(?=\n\ndef )/m, () => PYTHON_OPENED)
    .replace(/^def (?:into|plan)\([^]*?(?=\n\nclass )/m, () => pythonPlan());
}
