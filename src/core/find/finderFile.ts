import { AnysizeError } from '../errors.ts';
import { readSafetensors, type TensorToWrite, writeSafetensors } from '../safetensors.ts';
import type { Finder, FinderClass } from './model.ts';
import { partEnds } from './finderMaps.ts';
import type { FinderSettings } from './settings.ts';

/** A class of a finder without its numbers, which are in a file. */
export interface FinderClassShape extends Omit<FinderClass, 'weights' | 'regressor'> {
  regressor: { bias: number[] } | null;
}

/** A finder without its numbers. */
export interface FinderShape {
  id: string;
  name: string;
  settings: FinderSettings;
  classes: FinderClassShape[];
}

export function finderShape({ id, name, settings, classes }: Finder): FinderShape {
  return {
    id,
    name,
    settings,
    classes: classes.map(({ weights: _weights, regressor, ...rest }) => ({
      ...rest,
      regressor: regressor && { bias: regressor.bias },
    })),
  };
}

const weightsOf = (place: number) => `classes.${place}.weight`;
const regressorOf = (place: number) => `classes.${place}.regressor.weight`;

/** The numbers of a finder, float32: of class k `classes.k.weight` [D] and, where boxes are regressed, `classes.k.regressor.weight` [4, D]. */
export function finderNumbers({ classes }: Pick<Finder, 'classes'>): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, TensorToWrite>();
  for (const [place, { weights, regressor }] of classes.entries()) {
    tensors.set(weightsOf(place), { shape: [weights.length], data: weights });
    if (regressor) {
      const { length } = regressor.weights;
      tensors.set(regressorOf(place), { shape: [4, length / 4], data: regressor.weights });
    }
  }
  return writeSafetensors(tensors, { format: 'anysize-finder' });
}

/**
 * The finder of a shape and its numbers; equal to the one that was written, bit by bit.
 * @param name of the file, for messages
 * @throws AnysizeError `BadModel` where the file does not hold the finite numbers that the shape needs
 */
export function finderOf(shape: FinderShape, file: Uint8Array<ArrayBuffer>, name: string): Finder {
  const { tensors } = readSafetensors(file, name);
  const length = partEnds(shape.settings).at(-1) ?? 0;
  const numbers = (key: string, sides: readonly number[]): Float32Array => {
    const tensor = tensors.get(key);
    if (tensor?.shape.join() !== sides.join()) {
      throw new AnysizeError('BadModel', `${name} has no “${key}” of ${sides.join('×')} numbers`);
    }
    const floats = tensor.floats();
    if (!floats.every(Number.isFinite))
      throw new AnysizeError('BadModel', `“${key}” of ${name} holds what is no number`);
    return floats;
  };
  return {
    ...shape,
    classes: shape.classes.map(({ regressor, ...rest }, place) => ({
      ...rest,
      weights: numbers(weightsOf(place), [length]),
      regressor: regressor && { weights: numbers(regressorOf(place), [4, length]), bias: regressor.bias },
    })),
  };
}
