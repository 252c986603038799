import { headBlocks } from '../../core/head/headFeatures.ts';
import { headSizes } from '../../core/head/headSizes.ts';
import type { HeadData } from '../../core/model.ts';
import { LAST_CHANNELS, MIDDLE_CHANNELS } from '../../core/recipe/recipe.ts';
import { LEAST_NORM } from '../../core/recipe/whitening.ts';
import { descriptorOf } from '../../core/size/sizing.ts';
import { policyLiteral, pythonPlan } from '../planProgram.ts';
import { CONVOLUTION, FEATURE_LAYERS, READ } from './pytorchParts.ts';

/** As `pytorchProgram`, for a head on the recipe: `whitening.safetensors` is beside the other two files. */
export function pytorchRecipeProgram(head: HeadData, unknownBelow: number): string {
  const sizes = headSizes(head);
  const blocks = headBlocks(head);
  const grids = blocks.filter(({ bins }) => bins > 1).map(({ bins }) => Math.sqrt(bins));
  const truth = (value: boolean) => (value ? 'True' : 'False');
  const policies = [...new Map(sizes.map(({ policy }) => [policy.kind, descriptorOf(policy)])).values()];
  return `"""Classifies photos of any size with a model trained in Anysize.

    pip install torch safetensors pillow numpy
    python classify.py photo.jpg [more photos]

Beside it: head.safetensors (what was trained), whitening.safetensors (fixed numbers of Anysize's features) and backbone.safetensors
(MobileNetV2, ImageNet weights by Google, Apache-2.0). The head fits these features only.
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
# How photos are sized, once for each pass, and whether the means and the bins are taken of it.
SIZES = [${sizes.map(({ policy, means, bins }) => `(${policyLiteral(policy)}, ${truth(means)}, ${truth(bins)})`).join(', ')}]
GRIDS = [${grids.join(', ')}]  # bins per side of each grid
WEIGHTS = [${blocks.map(({ weight }) => weight).join(', ')}]  # of the last map's mean, the middle layer, and each grid
LENGTH = ${blocks.reduce((sum, { length }) => sum + length, 0)}  # numbers in the vector
UNKNOWN_BELOW = ${unknownBelow}  # answers of less probability are "unknown"


${CONVOLUTION}


class Features(nn.Module):
    """MobileNetV2 1.0: [N, 3, H, W] in 0…1 to its last map [N, ${LAST_CHANNELS}, ceil(H / 32), ceil(W / 32)] and a middle one [N, ${MIDDLE_CHANNELS}, ceil(H / 16), ceil(W / 16)]."""

${FEATURE_LAYERS}

    def forward(self, x):
        x = self.Conv1(2 * x - 1)
        for name, expanded, residual in self.blocks:
            y = getattr(self, f"{name}_expand")(x) if expanded else x
            if name == "block_13":
                middle = y
            y = getattr(self, f"{name}_project")(getattr(self, f"{name}_depthwise")(y))
            x = x + y if residual else y
        return self.Conv_1(x), middle


class Whitening(nn.Module):
    """y + U(g * U'y) with y = sqrt(x) - centre, along the last axis."""

    def __init__(self, length, rank=256):
        super().__init__()
        self.register_buffer("centre", torch.zeros(length))
        self.register_buffer("gains", torch.zeros(rank))
        self.register_buffer("directions", torch.zeros(length, rank))

    def forward(self, x):
        y = x.clamp(min=0).sqrt() - self.centre
        return y + (y @ self.directions * self.gains) @ self.directions.T


class Head(nn.Linear):
    """Centring and a linear layer."""

    def __init__(self, length, classes):
        super().__init__(length, classes)
        self.register_buffer("mean", torch.zeros(length))
        self.register_buffer("scale", torch.ones(1))

    def forward(self, x):
        return super().forward((x - self.mean) / self.scale)


class Anysize(nn.Module):
    """Images [N, 3, H, W] in 0…1, one batch for each of SIZES, to logits [N, classes]."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = Features()
        self.map, self.middle = Whitening(${LAST_CHANNELS}), Whitening(${2 * MIDDLE_CHANNELS})
        self.head = Head(LENGTH, classes)

    def forward(self, images):
        means, moments, grids = [], [], []
        for x, (_, has_means, has_bins) in zip(images, SIZES):
            last, middle = self.conv1(x)
            if has_means:
                means.append(last.mean((2, 3)))
                moments.append(torch.cat([middle.mean((2, 3)), middle.std((2, 3), unbiased=False)], 1))
            if has_bins:  # [N, bins, channels]: each bin is whitened by itself
                grids = [F.adaptive_avg_pool2d(last, n).flatten(2).transpose(1, 2) for n in GRIDS]
        parts = [self.map(sum(means) / len(means)), self.middle(sum(moments) / len(moments)), *map(self.map, grids)]
        parts = [weight**0.5 * F.normalize(part.flatten(1), eps=${LEAST_NORM}) for part, weight in zip(parts, WEIGHTS)]
        return self.head(torch.cat(parts, 1))


${pythonPlan(policies)}

def sized(x, policy):
    """A size policy, on an image [3, H, W]: what the model was trained on."""
    (left, top, right, bottom), (width, height) = plan(x.shape[2], x.shape[1], policy)
    part = x[None, :, top:bottom, left:right]
    return F.interpolate(part, (height, width), mode="bilinear", antialias=True)


${READ}


def load():
    with safe_open(HERE / "head.safetensors", "pt") as file:
        classes = json.loads(file.metadata()["classes"])
    model = Anysize(len(classes))
    names = ["backbone", "whitening", "head"]
    model.load_state_dict({k: v for name in names for k, v in load_file(HERE / f"{name}.safetensors").items()})
    return model.eval(), classes


if __name__ == "__main__":
    model, classes = load()
    for path in sys.argv[1:]:
        with torch.inference_mode():
            photo = read(path)
            probabilities = model([sized(photo, policy) for policy, *_ in SIZES])[0].softmax(0)
        best = int(probabilities.argmax())
        label = classes[best] if probabilities[best] >= UNKNOWN_BELOW else "unknown"
        print(f"{path}\\t{label}\\t{probabilities[best]:.4f}")
`;
}
