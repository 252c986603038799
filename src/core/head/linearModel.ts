/** A linear layer in training: where its weights live is its own affair. All start at zero. */
export interface LinearModel {
  /** Logits of training rows, by index: writes [rows.length, K] to `out`. */
  logits(rows: Int32Array, out: Float64Array): void;
  /** Logits of all validation rows: writes [N_val, K] to `out`. */
  validationLogits(out: Float64Array): void;
  /**
   * One optimiser step.
   * @param rows training rows of the batch, by index
   * @param gradient [rows.length, K]: of the mean loss with respect to the logits
   */
  step(rows: Int32Array, gradient: Float64Array, rate: number): void;
  /** A copy of the weights as they are, for {@link restore}. */
  snapshot(): Float64Array | Float32Array;
  restore(snapshot: Float64Array | Float32Array): void;
  /** Weights [K, D] and bias [K]. */
  layer(): LinearLayer;
  dispose(): void;
}

/** A linear layer on normalised vectors. */
export interface LinearLayer {
  /** [K, D]. */
  weights: Float32Array;
  /** [K]. */
  bias: Float32Array;
}

/** How a step follows the gradient. */
export type Optimiser =
  /** m = μ·m + g; w −= rate·m. */
  | { kind: 'sgd'; momentum: number }
  /** Kingma & Ba 2015, algorithm 1. */
  | { kind: 'adam'; beta1: number; beta2: number; epsilon: number };

/** Adam with the constants of Keras and tfjs. */
export const ADAM: Optimiser = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
export const SGD: Optimiser = { kind: 'sgd', momentum: 0.9 };

/** The bias [K] and its optimiser state, in float64; never decayed. */
export class Bias {
  readonly values: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor(
    classes: number,
    private readonly optimiser: Optimiser,
  ) {
    this.values = new Float64Array(classes);
    this.first = new Float64Array(classes);
    this.second = new Float64Array(classes);
  }

  addTo(logits: Float64Array): void {
    const classes = this.values.length;
    for (let i = 0; i < logits.length; i++) logits[i]! += this.values[i % classes]!;
  }

  /** @param step steps done including this one, from 1 */
  step(gradient: Float64Array, rate: number, step: number): void {
    const { values, first, second, optimiser } = this;
    const classes = values.length;
    for (let k = 0; k < classes; k++) {
      let g = 0;
      for (let i = k; i < gradient.length; i += classes) g += gradient[i]!;
      if (optimiser.kind === 'sgd') {
        first[k] = optimiser.momentum * first[k]! + g;
        values[k]! -= rate * first[k]!;
      } else {
        const { beta1, beta2, epsilon } = optimiser;
        first[k]! += (1 - beta1) * (g - first[k]!);
        second[k]! += (1 - beta2) * (g * g - second[k]!);
        values[k]! -=
          (rate * first[k]!) / (1 - beta1 ** step) / (Math.sqrt(second[k]! / (1 - beta2 ** step)) + epsilon);
      }
    }
  }
}
