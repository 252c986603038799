import { type Attribute, type Model, type Node, type Tensor, type Value, writeModel } from './writeModel.ts';

/** Puts an ONNX graph together, node by node, in running order. Values are named by strings; each step returns the name of its result. */
export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly tensors = new Map<string, Tensor>();
  private readonly inputs: Value[] = [];
  private readonly outputs: Value[] = [];

  /** A float32 input. A side is a number, or a name for one that is known only when the model runs. */
  input(name: string, sides: Value['sides']): string {
    this.inputs.push({ name, sides });
    return name;
  }

  output(name: string, sides: Value['sides']): void {
    this.outputs.push({ name, sides });
  }

  /** A node with one result, which bears the node's name. */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.nodeWithOutputs(op, name, inputs, [name], attributes);
    return name;
  }

  nodeWithOutputs(
    op: string,
    name: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly string[] {
    this.nodes.push({ op, name, inputs, outputs, attributes });
    return outputs;
  }

  /** Numbers that are known before; the same under the same name are kept once. */
  floats(name: string, sides: readonly number[], numbers: Float32Array): string {
    const known = this.tensors.get(name);
    if (known && (known.numbers.length !== numbers.length || numbers.some((value, i) => value !== known.numbers[i]))) {
      throw new Error(`two tensors are called "${name}"`);
    }
    this.tensors.set(name, { name, sides, numbers });
    return name;
  }

  /** A list of whole numbers, of rank 1; equal lists are kept once. */
  integers(values: readonly number[]): string {
    const name = `integers/${values.join('_')}`;
    this.tensors.set(name, { name, sides: [values.length], numbers: BigInt64Array.from(values, BigInt) });
    return name;
  }

  /** The finished model's bytes. */
  model(facts: Pick<Model, 'graphName' | 'producerVersion' | 'description' | 'metadata'>): Uint8Array<ArrayBuffer> {
    const { nodes, inputs, outputs } = this;
    return writeModel({ ...facts, nodes, tensors: [...this.tensors.values()], inputs, outputs });
  }
}
