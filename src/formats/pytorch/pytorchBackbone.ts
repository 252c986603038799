import type { BackboneGraph } from '../backboneGraph.ts';
import { type TensorToWrite, writeSafetensors } from '../safetensors.ts';

/**
 * The backbone's weights as `conv1.<convolution>.weight` [out, in/group, h, w] and `.bias`, for the program of
 * {@link pytorchProgram}. As float32: they are the app's float16 weights, exactly.
 */
export function backboneToSafetensors(backbone: BackboneGraph): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, TensorToWrite>();
  for (const step of backbone.steps) {
    if (step.kind !== 'conv') continue;
    // The graph calls its last convolution by its output's name.
    const name = step.name === backbone.output ? 'Conv_1' : step.name;
    tensors.set(`conv1.${name}.weight`, { shape: step.shape, data: step.weights });
    tensors.set(`conv1.${name}.bias`, { shape: [step.shape[0]], data: step.bias });
  }
  return writeSafetensors(tensors, { format: 'pt', origin: backbone.origin });
}
