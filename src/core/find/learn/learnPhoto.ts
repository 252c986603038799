import type { LabelledBox } from '../annotation.ts';
import { bestOverlap, type Box } from '../boxes.ts';
import type { Size } from '../../model.ts';

/** A photo as the learner sees it: its true boxes, then its proposals, and how they overlap. */
export class LearnPhoto {
  /** True boxes first. */
  readonly boxes: readonly Box[];
  /** Per class: the largest IoU of each box with a true box of the class, and with which (an index into `truth`). */
  private readonly overlaps: { iou: Float32Array; truth: Int32Array }[];

  constructor(
    readonly id: string,
    readonly size: Size,
    readonly truth: readonly LabelledBox[],
    proposals: readonly Box[],
    readonly complete: boolean,
    readonly classes: readonly string[],
  ) {
    this.boxes = [...truth.map(({ box }) => box), ...proposals];
    this.overlaps = classes.map((name) => {
      const own = truth.flatMap(({ label }, i) => (label === name ? [i] : []));
      const boxes = own.flatMap((i) => (truth[i] ? [truth[i].box] : []));
      const best = this.boxes.map((box) => bestOverlap(box, boxes));
      return {
        iou: Float32Array.from(best, ({ iou }) => iou),
        truth: Int32Array.from(best, ({ index }) => own[index] ?? -1),
      };
    });
  }

  /** Indices of the proposals among the boxes. */
  get proposals(): number[] {
    return Array.from({ length: this.boxes.length - this.truth.length }, (_, i) => this.truth.length + i);
  }

  iou(classIndex: number, box: number): number {
    return this.overlaps[classIndex]?.iou[box] ?? 0;
  }

  /** The true box of a class that a box overlaps most. */
  nearest(classIndex: number, box: number): Box | null {
    return this.truth[this.overlaps[classIndex]?.truth[box] ?? -1]?.box ?? null;
  }

  /** Largest IoU with a true box of any class. */
  anyIou(box: number): number {
    return Math.max(0, ...this.overlaps.map(({ iou }) => iou[box] ?? 0));
  }

  /** True boxes of a class, and its proposals from an IoU on. */
  positives(classIndex: number, leastIou: number | null): number[] {
    const own = this.truth.flatMap(({ label }, i) => (label === this.classes[classIndex] ? [i] : []));
    if (leastIou === null || own.length === 0) return own;
    return [...own, ...this.proposals.filter((i) => this.iou(classIndex, i) >= leastIou)];
  }

  /** True boxes of other classes. */
  others(classIndex: number, below: number): number[] {
    return this.truth.flatMap(({ label }, i) =>
      label !== this.classes[classIndex] && this.iou(classIndex, i) < below ? [i] : [],
    );
  }
}
