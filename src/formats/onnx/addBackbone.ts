import type { BackboneConv, BackboneGraph } from '../backboneGraph.ts';
import type { GraphBuilder } from './GraphBuilder.ts';

/** Names of the maps of one pass. */
export interface MapNames {
  /** [1,channels,⌈H/32⌉,⌈W/32⌉] */
  last: string;
  /** The value of any step, by the step's name. @throws Error where there is no such step */
  of: (step: string) => string;
}

/**
 * The backbone's nodes. TensorFlow's SAME padding depends on the parity of each side at stride 2, which `SAME_UPPER` works
 * out when the model runs. Weights are float32 initialisers, which every runtime, quantiser and compiler takes as they are.
 * @param image name of a value [1,3,H,W] in 0…1
 * @param prefix of the nodes' names, where there are several passes; they share their weights
 */
export function addBackbone(graph: GraphBuilder, backbone: BackboneGraph, image: string, prefix = ''): MapNames {
  const valueOf = new Map([[backbone.input, image]]);
  const value = (name: string) => {
    const found = valueOf.get(name);
    if (found === undefined) throw new Error(`the backbone uses "${name}" before it is made`);
    return found;
  };
  const low = graph.floats('relu6/low', [], Float32Array.of(0));
  const high = graph.floats('relu6/high', [], Float32Array.of(6));
  for (const step of backbone.steps) {
    const { name } = step;
    switch (step.kind) {
      case 'add':
        valueOf.set(name, graph.node('Add', `${prefix}${name}`, step.inputs.map(value)));
        break;
      case 'multiply':
      case 'subtract': {
        const constant = graph.floats(`${name}/value`, [], Float32Array.of(step.value));
        const op = step.kind === 'multiply' ? 'Mul' : 'Sub';
        valueOf.set(name, graph.node(op, `${prefix}${name}`, [value(step.input), constant]));
        break;
      }
      case 'conv': {
        const convolved = addConv(graph, step, value(step.input), prefix);
        valueOf.set(
          name,
          step.relu6 ? graph.node('Clip', `${prefix}${name}/relu6`, [convolved, low, high]) : convolved,
        );
        break;
      }
      default:
        step satisfies never;
    }
  }
  return { last: value(backbone.output), of: value };
}

function addConv(graph: GraphBuilder, conv: BackboneConv, input: string, prefix: string): string {
  const { name, shape, stride, group } = conv;
  const weights = graph.floats(`${name}/weights`, shape, conv.weights);
  const bias = graph.floats(`${name}/bias`, [shape[0]], conv.bias);
  return graph.node('Conv', `${prefix}${name}`, [input, weights, bias], {
    auto_pad: 'SAME_UPPER',
    kernel_shape: [shape[2], shape[3]],
    strides: [stride, stride],
    group,
  });
}
