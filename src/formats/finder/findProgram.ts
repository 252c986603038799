import { fit } from '../../core/size/policies/fit.ts';
import { PYTHON_OPENED } from '../photoProgram.ts';
import { pythonPlan } from '../planProgram.ts';
import program from './anysize_find.py?raw';

/**
 * The Python program that ships with a finder: anysize_find.py, whose sizing is written from the size policy's descriptor and whose reading of photos
 * is that of the other programs. The file itself runs as it stands and is kept equal to this by a test.
 */
export function findProgram(): string {
  return program
    .replace(/^def opened\([^]*?(?=\n\ndef )/m, () => PYTHON_OPENED)
    .replace(/^def (?:into|plan)\([^]*?(?=\n\ndef grid)/m, () => pythonPlan([fit]));
}
