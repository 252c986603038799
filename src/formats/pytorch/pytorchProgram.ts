import type { HeadData } from '../../core/model.ts';
import type { BackboneGraph } from '../backboneGraph.ts';
import { type TensorToWrite, writeSafetensors } from '../../core/safetensors.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { levelLengths } from '../../core/head/normalise.ts';
import { poolingOf } from '../../core/pyramid/poolings.ts';
import { ruleOf } from '../../core/pyramid/rules/rules.ts';
import { descriptorOf } from '../../core/size/sizing.ts';
import { pythonPlan, policyLiteral } from '../planProgram.ts';
import { CONVOLUTION, FEATURE_LAYERS, READ } from './pytorchParts.ts';
import { pytorchRecipeProgram } from './pytorchRecipeProgram.ts';

/**
 * A Python program that loads `head.safetensors` and `backbone.safetensors` (and of a head on the recipe `whitening.safetensors`) beside it and classifies photos as the app
 * does; below the probability `unknownBelow` the answer is “unknown”. Only numbers and fixed words go into it; names are read from the head's metadata.
 */
export function pytorchProgram(head: HeadData, unknownBelow = 0): string {
  return headFeatures(head).kind === 'anysize'
    ? pytorchRecipeProgram(head, unknownBelow)
    : pytorchPaperProgram(head, unknownBelow);
}

function pytorchPaperProgram(head: HeadData, unknownBelow: number): string {
  const { levels } = head.pyramid;
  const lengths = levelLengths(levels, head.channels);
  const centred = head.normalisation.centre;
  return `"""Classifies photos of any size with a model trained in Anysize.

    pip install torch safetensors pillow numpy
    python classify.py photo.jpg [more photos]

Beside it: head.safetensors (what was trained) and backbone.safetensors (MobileNetV2, ImageNet weights by Google, Apache-2.0).
The head fits these features only: torchvision's MobileNetV2 has other weights and another padding.
"""
import io
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageCms, ImageOps
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
LEVELS = [${levels.join(', ')}]  # bins per side of each level of the pyramid
LENGTHS = [${lengths.join(', ')}]  # numbers of each level in the vector
POLICY = ${policyLiteral(head.policy)}  # how photos are sized
UNKNOWN_BELOW = ${unknownBelow}  # answers of less probability are "unknown"


${CONVOLUTION}


class Features(nn.Module):
    """MobileNetV2 1.0: [N, 3, H, W] in 0…1 to [N, 1280, ceil(H / 32), ceil(W / 32)]."""

${FEATURE_LAYERS}

    def forward(self, x):
        x = self.Conv1(2 * x - 1)
        for name, expanded, residual in self.blocks:
            y = getattr(self, f"{name}_expand")(x) if expanded else x
            y = getattr(self, f"{name}_project")(getattr(self, f"{name}_depthwise")(y))
            x = x + y if residual else y
        return self.Conv_1(x)


${poolFunction(head)}


class SppMob(nn.Module):
    """Features, spatial pyramid pooling, a linear layer: images [N, 3, H, W] in 0…1 to logits [N, classes]."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = Features()
        self.lin = nn.Linear(sum(LENGTHS), classes)
${
  centred
    ? `        self.normalisation = nn.Module()
        self.normalisation.register_buffer("mean", torch.zeros(sum(LENGTHS)))
        self.normalisation.register_buffer("scale", torch.ones(1))
`
    : ''
}
    def forward(self, x):
        x = self.conv1(x)
        x = torch.cat([pool(x, n).flatten(1) for n in LEVELS], 1)
${normalisationLine(head)}        return self.lin(x)


${pythonPlan([descriptorOf(head.policy)])}

def sized(x):
    """The size policy, on an image [3, H, W]: what the model was trained on."""
    (left, top, right, bottom), (width, height) = plan(x.shape[2], x.shape[1], POLICY)
    part = x[None, :, top:bottom, left:right]
    return F.interpolate(part, (height, width), mode="bilinear", antialias=True)[0]


${READ}


def load():
    with safe_open(HERE / "head.safetensors", "pt") as file:
        classes = json.loads(file.metadata()["classes"])
    model = SppMob(len(classes))
    model.load_state_dict(load_file(HERE / "backbone.safetensors") | load_file(HERE / "head.safetensors"))
    return model.eval(), classes


if __name__ == "__main__":
    model, classes = load()
    for path in sys.argv[1:]:
        with torch.inference_mode():
            probabilities = model(sized(read(path))[None])[0].softmax(0)
        best = int(probabilities.argmax())
        label = classes[best] if probabilities[best] >= UNKNOWN_BELOW else "unknown"
        print(f"{path}\\t{label}\\t{probabilities[best]:.4f}")
`;
}

function poolFunction({ pyramid: { rule, pooling } }: HeadData): string {
  const body = ruleOf(rule).exported.python(poolingOf(pooling).pytorch);
  return ['def pool(x, n):', ...body.map((line) => `    ${line}`)].join('\n');
}

/** The one line of normalisation; none for raw vectors. Features are ≥ 0, so √ needs no sign. */
function normalisationLine({ normalisation: { sqrt, l2, centre } }: HeadData): string {
  let value = sqrt ? 'x.sqrt()' : 'x';
  if (l2 === 'vector') value = `F.normalize(${value})`;
  if (l2 === 'level') value = `torch.cat([F.normalize(part) for part in ${value}.split(LENGTHS, 1)], 1)`;
  if (centre) value = `(${value} - self.normalisation.mean) / self.normalisation.scale`;
  return value === 'x' ? '' : `        x = ${value}\n`;
}

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
