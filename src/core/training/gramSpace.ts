import type { Gram } from './gram.ts';
import { Bias, type LinearLayer, type LinearModel, type Optimiser } from '../head/linearModel.ts';
import type { TrainingSet } from './trainingVectors.ts';

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
 * out = matrix[rows]·a, four rows at a time.
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
  const columns = new Float64Array(a.length);
  for (let j = 0, at = 0; j < n; j++) for (let k = 0; k < classes; k++, at++) columns[k * n + j] = a[at]!;
  for (let i = 0; i < count; i += 4) {
    const start = (r: number) => (rows ? rows[Math.min(i + r, count - 1)]! : Math.min(i + r, count - 1)) * n;
    const [r0, r1, r2, r3] = [start(0), start(1), start(2), start(3)];
    for (let k = 0; k < classes; k++) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let j = 0, at = k * n; j < n; j++, at++) {
        const weight = columns[at]!;
        s0 += weight * matrix[r0 + j]!;
        s1 += weight * matrix[r1 + j]!;
        s2 += weight * matrix[r2 + j]!;
        s3 += weight * matrix[r3 + j]!;
      }
      out[i * classes + k] = s0;
      if (i + 1 < count) out[(i + 1) * classes + k] = s1;
      if (i + 2 < count) out[(i + 2) * classes + k] = s2;
      if (i + 3 < count) out[(i + 3) * classes + k] = s3;
    }
  }
}
