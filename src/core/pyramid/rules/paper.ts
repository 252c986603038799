import { pyramidRule } from './descriptor.ts';

/** He et al. 2014, §2.3: window ceil(a/n), stride floor(a/n), no padding. It does not give n bins at every size (ARCHITECTURE.md, "SPP, exactly"). */
export const paper = pyramidRule({
  kind: 'paper',
  label: 'Paper',
  note: 'The paper’s windows do not give these bins at every size.',
  explained:
    'Under the paper rule all bins of a level have the same number of cells, which gives the right number of bins for some sizes of the map only.',
  bins(side, n) {
    const stride = Math.floor(side / n);
    return stride === 0 ? 0 : Math.floor((side - Math.ceil(side / n)) / stride) + 1;
  },
  span(side, n, i) {
    const start = i * Math.floor(side / n);
    return { start, end: start + Math.ceil(side / n) };
  },
  exported: {
    python: (pool) => [
      '"""Window ceil(a / n), stride floor(a / n): gives n x n bins at some sizes only."""',
      'window, stride = [-(-a // n) for a in x.shape[2:]], [a // n for a in x.shape[2:]]',
      'if min(stride) == 0 or any((a - w) // s + 1 != n for a, w, s in zip(x.shape[2:], window, stride)):',
      '    raise ValueError(f"the paper rule does not give {n} x {n} bins on {x.shape[2]} x {x.shape[3]} cells")',
      `return F.${pool}_pool2d(x, window, stride)`,
    ],
    javascript: [
      'function spans(a, n) { // window ceil(a / n), stride floor(a / n): n bins at some sizes only',
      '  const [window, stride] = [Math.ceil(a / n), Math.floor(a / n)];',
      '  if (stride === 0 || Math.floor((a - window) / stride) + 1 !== n) throw new Error(`the paper rule does not give ${n} bins on ${a} cells`);',
      '  return Array.from({ length: n }, (_, i) => [i * stride, i * stride + window]);',
      '}',
    ],
    onnx(graph, side, n, axis) {
      const bins = graph.integers([n]);
      const one = graph.integers([1]);
      const window = graph.step(
        'Div',
        'window',
        graph.step('Add', 'side_rounded_up', side, graph.integers([n - 1])),
        bins,
      );
      // A stride of 0 (fewer cells than bins) would divide by 0; with 1 the count still comes out wrong, as it must.
      const stride = graph.step('Max', 'stride', graph.step('Div', 'side_over_n', side, bins), one);
      const room = graph.step('Div', 'room', graph.step('Sub', 'side_less_window', side, window), stride);
      const count = graph.step('Add', 'count', room, one);
      const first = Array.from({ length: n }, (_, i) => i);
      const indices = graph.expectCount(first, count, `paper_rule_does_not_give_${n}_bins_at_this_${axis}`);
      const starts = graph.step('Mul', 'starts', indices, stride);
      return { starts, ends: graph.step('Add', 'ends', starts, window) };
    },
  },
});
