import { AnysizeError } from '../errors.ts';
import { readSafetensors } from '../safetensors.ts';
import type { Whitening, Whitenings } from './whitening.ts';

/**
 * The whitenings from a safetensors file: per part (`map`, `middle`) `centre` F32 [d], `gains` F32 [k] and `directions` F16 [d, k]. (One byte a
 * direction would do for the answers, but not for vectors that agree with the reference to 1e-5: 4e-4 off.)
 * @throws AnysizeError `BadModel` where something is missing or of another shape
 */
export function readWhitenings(file: ArrayBuffer): Whitenings {
  const broken = (what: string): never => {
    throw new AnysizeError('BadModel', `The whitening that comes with the app is damaged: ${what}. Reload the page.`);
  };
  const { tensors } = readSafetensors(new Uint8Array(file), 'The whitening that comes with the app');
  const tensor = (name: string, dtype: string) => {
    const found = tensors.get(name) ?? broken(`it has no ${name}`);
    return found.dtype === dtype ? found : broken(`${name} does not fit`);
  };
  const floats = (name: string, length: number): Float32Array => {
    const values = tensor(name, 'F32').floats();
    return values.length === length ? values : broken(`${name} has ${values.length} numbers, not ${length}`);
  };
  const part = (name: string): Whitening => {
    const directions = tensor(`${name}.directions`, 'F16');
    const [length = 0, rank = 0] = directions.shape;
    const centre = floats(`${name}.centre`, length);
    return { length, rank, centre, directions: directions.floats(), gains: floats(`${name}.gains`, rank) };
  };
  return { map: part('map'), middle: part('middle') };
}
