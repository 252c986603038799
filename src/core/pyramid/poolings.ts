/** What a bin can keep of its cells, as menus list them. The kernels (kernels/spp) compute each in their own way. */
export const POOLINGS = [
  { kind: 'max', label: 'Max', keeps: 'maximum', pytorch: 'max', onnx: 'ReduceMax', javascript: 'max' },
  { kind: 'mean', label: 'Mean', keeps: 'mean', pytorch: 'avg', onnx: 'ReduceMean', javascript: 'mean' },
] as const;

/** What a bin keeps of its cells. */
export type Pooling = (typeof POOLINGS)[number]['kind'];

export function poolingOf(kind: Pooling): (typeof POOLINGS)[number] {
  const found = POOLINGS.find((pooling) => pooling.kind === kind);
  if (!found) throw new RangeError(`there is no pooling ${String(kind)}`);
  return found;
}
