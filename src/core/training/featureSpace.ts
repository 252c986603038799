import { Bias, type LinearLayer, type LinearModel, type Optimiser } from '../head/linearModel.ts';
import type { TrainingSet } from './trainingVectors.ts';

/** The layer trained as written, on weights [K, D] in the arena: the only way for Adam, and for SGD on very many photos. */
export class FeatureSpaceModel implements LinearModel {
  private readonly bias: Bias;
  /** [K] padded rows each: weights, gradient, first and second moment. */
  private readonly places: [w: number, g: number, m: number, v: number];
  private readonly size: number;
  private readonly weightRows: Int32Array;
  private steps = 0;

  /** @param decay λ of the L2 penalty: λ·w joins the gradient, before any moment (not decoupled) */
  constructor(
    private readonly set: TrainingSet,
    private readonly optimiser: Optimiser,
    private readonly decay: number,
  ) {
    const { arena, classes, stride } = set;
    this.size = classes * stride;
    const place = () => arena.allocate(this.size);
    this.places = [place(), place(), place(), place()];
    this.weightRows = Int32Array.from({ length: classes }, (_, k) => this.places[0] + k * stride);
    this.bias = new Bias(classes, optimiser);
  }

  logits(rows: Int32Array, out: Float64Array): void {
    this.set.arena.dots(this.placesOf(rows), this.weightRows, this.set.padded, out);
    this.bias.addTo(out);
  }

  validationLogits(out: Float64Array): void {
    const rows = this.set.validation;
    if (!rows) return;
    this.set.arena.dots(rows.places, this.weightRows, this.set.padded, out);
    this.bias.addTo(out);
  }

  step(rows: Int32Array, gradient: Float64Array, rate: number): void {
    const { arena, classes, padded, stride } = this.set;
    const [w, g, m, v] = this.places;
    this.steps++;
    arena.sums(this.placesOf(rows), gradient, classes, padded, g, stride);
    if (this.optimiser.kind === 'sgd') {
      arena.momentum(w, m, g, this.size, { rate, momentum: this.optimiser.momentum, decay: this.decay });
    } else {
      const { beta1, beta2, epsilon } = this.optimiser;
      arena.adam(w, m, v, g, this.size, { rate, beta1, beta2, epsilon, decay: this.decay, step: this.steps });
    }
    this.bias.step(gradient, rate, this.steps);
  }

  snapshot(): Float32Array {
    const { length, classes } = this.set;
    const copy = new Float32Array(classes * length + classes);
    copy.set(this.set.readWeights(this.places[0]));
    copy.set(this.bias.values, classes * length);
    return copy;
  }

  restore(snapshot: Float32Array): void {
    const { arena, length, classes, stride } = this.set;
    const [w] = this.places;
    for (let k = 0; k < classes; k++) arena.floats.set(snapshot.subarray(k * length, (k + 1) * length), w + k * stride);
    this.bias.values.set(snapshot.subarray(classes * length));
  }

  layer(): LinearLayer {
    return { weights: this.set.readWeights(this.places[0]), bias: Float32Array.from(this.bias.values) };
  }

  dispose(): void {
    for (const place of this.places) this.set.arena.release(place, this.size);
  }

  private placesOf(rows: Int32Array): Int32Array {
    const { places } = this.set.train;
    return rows.map((row) => places[row]!);
  }
}
