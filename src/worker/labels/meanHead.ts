import type { BackboneName, SizePlan } from '../../core/model.ts';
import type { Looks } from '../../core/labels/looks.ts';

/** A class as a head on the mean names it. */
export interface NamedClass {
  name: string;
  /** What kind of thing it is, where that is known: “dog”, “fruit”. */
  group?: string | undefined;
}

/** A ready-made linear layer on the mean of the map, or on the average of the means of two looks: the built-in classes, ImageNet's names. */
export interface MeanHead {
  readonly choice: 'everyday' | 'imagenet';
  /** For people. */
  readonly name: string;
  readonly backbone: BackboneName;
  /** One per row of the layer. */
  readonly classes: readonly NamedClass[];
  /** What the logits are multiplied by, so that the probabilities say how often they are right. */
  factor(plan: SizePlan, looks: Looks): number;
  /** W·mean + bias, [classes], before the factor; null where the model is not loaded (any more). */
  logits(mean: Float32Array): Promise<Float32Array | null>;
  /** The layer's numbers, [classes, channels] row-major and [classes]; null where the model is not loaded (any more). */
  layer(): Promise<{ weights: Float32Array; bias: Float32Array } | null>;
}
