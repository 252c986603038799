import { pyramidRule } from './descriptor.ts';

/** He et al. 2014, Appendix A: floor(i·a/n) … ceil((i+1)·a/n). Always n bins, none empty, everything covered; cells repeat where a < n. */
export const adaptive = pyramidRule({
  kind: 'adaptive',
  label: 'Adaptive',
  note: null,
  explained: null,
  span: (side, n, i) => ({ start: Math.floor((i * side) / n), end: Math.ceil(((i + 1) * side) / n) }),
  exported: {
    python: (pool) => [
      '"""n x n bins, whatever the size of the feature map."""',
      `return F.adaptive_${pool}_pool2d(x, n)`,
    ],
    javascript: [
      'const spans = (a, n) => Array.from({ length: n }, (_, i) => [Math.floor((i * a) / n), Math.ceil(((i + 1) * a) / n)]);',
    ],
    onnx(graph, side, n) {
      // floor(i·a/n) and ceil((i+1)·a/n) = floor(((i+1)·a + n − 1)/n)
      const first = Array.from({ length: n }, (_, i) => i);
      const bins = graph.integers([n]);
      const startsTimesN = graph.step('Mul', 'starts_times_n', side, graph.integers(first));
      const endsTimesN = graph.step('Mul', 'ends_times_n', side, graph.integers(first.map((i) => i + 1)));
      const roundedUp = graph.step('Add', 'ends_rounded_up', endsTimesN, graph.integers([n - 1]));
      return {
        starts: graph.step('Div', 'starts', startsTimesN, bins),
        ends: graph.step('Div', 'ends', roundedUp, bins),
      };
    },
  },
});
