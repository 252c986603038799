/** Half-open range of cells on one side of a feature map. */
export interface Span {
  start: number;
  end: number;
}

/** What a rule's ONNX nodes are put together with: values are names of lists of whole numbers. */
export interface SpanGraph {
  /** A list that is known before. */
  integers(values: readonly number[]): string;
  /** A node with one result; names it is known by within its level and side, the operator's own inputs. */
  step(op: string, part: string, ...inputs: string[]): string;
  /** Stops the model where `count` is not the number of `values`, with a message that bears `message`; the list otherwise. */
  expectCount(values: readonly number[], count: string, message: string): string;
}

/** All that one pyramid rule is: how the n bins of a level lie over a side of a feature map. The list in rules.ts has every one. */
export interface RuleDescriptor<Kind extends string = string> {
  readonly kind: Kind;
  /** In menus. Its error is named after it: "Paper" gives `PaperRuleError`. */
  readonly label: string;
  /** What to know when choosing it; null for nothing. */
  readonly note: string | null;
  /** What sets it apart, in a sentence for a student; null for nothing. */
  readonly explained: string | null;
  /** Bins that it gives on a side of `side` cells where `n` are wanted. Absent where it gives them at every size. */
  bins?(side: number, n: number): number;
  /** Cells of bin `i` of `n`, where it gives n bins. */
  span(side: number, n: number, i: number): Span;
  readonly exported: {
    /** The body of a Python function `pool(x, n)` in PyTorch, x [N, channels, h, w] to [N, channels, n, n]; `pool` is `max` or `avg`. */
    python(pool: string): readonly string[];
    /** A JavaScript function `spans(a, n)`: [start, end) of each of n bins on a side of `a` cells. */
    readonly javascript: readonly string[];
    /**
     * ONNX nodes for the starts and the ends (exclusive) of n bins on `side`, a list of the one number of cells, known when the model runs.
     * @param axis `height` or `width`, for messages
     */
    onnx(graph: SpanGraph, side: string, n: number, axis: string): { starts: string; ends: string };
  };
}

/** Lets a descriptor's types be inferred. */
export function pyramidRule<Kind extends string>(descriptor: RuleDescriptor<Kind>): RuleDescriptor<Kind> {
  return descriptor;
}
