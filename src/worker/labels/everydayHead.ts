import * as v from 'valibot';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { type EverydayClass, type EverydayHead, everydayLogits, ONE_LOOK_FACTOR } from '../../core/labels/everyday.ts';
import { READY_HEADS } from '../../core/labels/readyHeads.ts';
import { readSafetensors } from '../../core/safetensors.ts';
import type { MeanHead } from './meanHead.ts';

const FOLDER = 'models/everyday/';
const WEIGHTS = 'anysize-everyday-1066.safetensors';
const CLASSES = 'anysize-everyday-1066.classes.json';

const classesSchema = v.array(v.object({ id: v.string(), name: v.string(), group: v.string() }));

/**
 * The built-in head from its two files.
 * @throws AnysizeError `BadModel` where they are damaged or do not fit each other
 */
export function readEveryday(weights: Uint8Array<ArrayBuffer>, classes: unknown): EverydayHead {
  const { tensors } = readSafetensors(weights, WEIGHTS);
  const parsed = v.safeParse(classesSchema, classes);
  if (!parsed.success) throw new AnysizeError('BadModel', `${CLASSES} is not a list of classes.`);
  const [weight, bias] = [tensors.get('weight'), tensors.get('bias')];
  const rows = parsed.output.length;
  if (!weight || weight.shape[0] !== rows || bias?.shape[0] !== rows) {
    throw new AnysizeError('BadModel', `${WEIGHTS} has no weight and bias for ${rows} classes.`);
  }
  return { classes: parsed.output, weight: weight.floats(), bias: bias.floats() };
}

/** A built-in head as one that answers. */
export function everydayHead(head: EverydayHead): MeanHead {
  return {
    choice: 'everyday',
    name: READY_HEADS.everyday.name,
    backbone: 'embedded',
    classes: head.classes,
    factor: (_, looks) => (looks === 2 ? 1 : ONE_LOOK_FACTOR),
    logits: async (mean) => everydayLogits(head, mean, 2),
    layer: async () => ({ weights: head.weight, bias: head.bias }),
  };
}

/** The head, and its classes with their groups. */
interface BuiltIn {
  head: MeanHead;
  classes: readonly EverydayClass[];
}

/** The built-in classes: two files that come with the app, fetched once, after the backbone; they are on no backend. */
export class BuiltInClasses {
  private loading: Promise<BuiltIn> | null = null;

  /** @param base the app's base URL, absolute or relative to where the code runs */
  constructor(private readonly base: string) {}

  /** @throws AnysizeError `BadModel` where they cannot be fetched or read; the next call tries again */
  load(): Promise<BuiltIn> {
    this.loading ??= this.fetch().catch((cause: unknown) => {
      this.loading = null;
      throw new AnysizeError('BadModel', `The built-in classes could not be loaded: ${messageOf(cause)}`, { cause });
    });
    return this.loading;
  }

  private async fetch(): Promise<BuiltIn> {
    const folder = new URL(FOLDER, new URL(this.base, globalThis.location?.href));
    const get = async (name: string): Promise<Response> => {
      const response = await fetch(new URL(name, folder).href);
      if (!response.ok) throw new Error(`${name} answered ${response.status}.`);
      return response;
    };
    const [weights, classes] = await Promise.all([get(WEIGHTS), get(CLASSES)]);
    const head = readEveryday(new Uint8Array(await weights.arrayBuffer()), await classes.json());
    return { head: everydayHead(head), classes: head.classes };
  }
}
