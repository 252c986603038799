import type { Gram } from './gram.ts';
import { Bias, type LinearLayer, type LinearModel, type Optimiser } from './linearModel.ts';
import type { TrainingSet } from './trainingSet.ts';

/**
 * SGD on the Gram matrix. From zero weights every iterate is W = Σ_i x_i·a_iᵀ, because a gradient is a sum of x_i too, and
 * decay and momentum only scale and add. So the coefficients A [N, K] take the very steps that W takes: the logits are K·A,
 * the batch's gradient adds to its own rows of A, and no step touches the D features.
 */
export class GramSpaceModel implements LinearModel {
  private readonly bias: Bias;
  private readonly coefficients: Float64Array;
  private readonly velocity: Float64Array;
  private steps = 0;

  /** @param decay λ of the L2 penalty on W; in coefficients it is λ·A */
  constructor(
    private readonly set: TrainingSet,
    private readonly gram: Gram,
    private readonly optimiser: Extract<Optimiser, { kind: 'sgd' }>,
    private readonly decay: number,
  ) {
    this.coefficients = new Float64Array(gram.count * set.classes);
    this.velocity = new Float64Array(gram.count * set.classes);
    this.bias = new Bias(set.classes, optimiser);
  }

  logits(rows: Int32Array, out: Float64Array): void {
    multiplyRows(this.gram.train, rows, this.coefficients, this.set.classes, out);
    this.bias.addTo(out);
  }

  validationLogits(out: Float64Array): void {
    const { validation } = this.gram;
    if (!validation) return;
    multiplyRows(validation, null, this.coefficients, this.set.classes, out);
    this.bias.addTo(out);
  }

  step(rows: Int32Array, gradient: Float64Array, rate: number): void {
    const { coefficients, velocity, decay } = this;
    const { classes } = this.set;
    const { momentum } = this.optimiser;
    for (let i = 0; i < velocity.length; i++) velocity[i] = momentum * velocity[i]! + decay * coefficients[i]!;
    for (let b = 0; b < rows.length; b++) {
      for (let k = 0; k < classes; k++) velocity[rows[b]! * classes + k]! += gradient[b * classes + k]!;
    }
    for (let i = 0; i < velocity.length; i++) coefficients[i]! -= rate * velocity[i]!;
    this.bias.step(gradient, rate, ++this.steps);
  }

  snapshot(): Float64Array {
    const copy = new Float64Array(this.coefficients.length + this.bias.values.length);
    copy.set(this.coefficients);
    copy.set(this.bias.values, this.coefficients.length);
    return copy;
  }

  restore(snapshot: Float64Array): void {
    this.coefficients.set(snapshot.subarray(0, this.coefficients.length));
    this.bias.values.set(snapshot.subarray(this.coefficients.length));
  }

  layer(): LinearLayer {
    return { weights: this.set.weightsFrom(this.coefficients), bias: Float32Array.from(this.bias.values) };
  }

  dispose(): void {}
}

/**
 * out = matrix[rows]·a.
 * @param matrix [M, N]
 * @param rows which rows of it; null for all
 * @param a [N, K]
 * @param out [rows, K]
 */
export function multiplyRows(
  matrix: Float32Array,
  rows: Int32Array | null,
  a: Float64Array,
  classes: number,
  out: Float64Array,
): void {
  const n = a.length / classes;
  const count = rows ? rows.length : matrix.length / n;
  const sums = new Float64Array(classes);
  for (let i = 0; i < count; i++) {
    const start = (rows ? rows[i]! : i) * n;
    sums.fill(0);
    for (let j = 0, at = 0; j < n; j++) {
      const x = matrix[start + j]!;
      for (let k = 0; k < classes; k++, at++) sums[k]! += x * a[at]!;
    }
    out.set(sums, i * classes);
  }
}
