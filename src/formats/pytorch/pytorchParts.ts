import { PYTHON_OPENED } from '../photoProgram.ts';

/** Parts of Python that every exported PyTorch program has. */

export const CONVOLUTION = `class Conv(nn.Conv2d):
    """A convolution with TensorFlow's SAME padding, ReLU6 after it unless told otherwise."""

    def __init__(self, channels, out, kernel=1, stride=1, groups=1, relu6=True):
        super().__init__(channels, out, kernel, stride, groups=groups)
        self.relu6 = relu6

    def forward(self, x):
        pads = []
        for side in (x.shape[3], x.shape[2]):
            total = max((-(-side // self.stride[0]) - 1) * self.stride[0] + self.kernel_size[0] - side, 0)
            pads += [total // 2, total - total // 2]
        x = super().forward(F.pad(x, pads))
        return F.relu6(x) if self.relu6 else x`;

/** Of the class `Features`: its layers, by the names that backbone.safetensors has. */
export const FEATURE_LAYERS = `    def __init__(self):
        super().__init__()
        self.Conv1 = Conv(3, 32, 3, 2)
        self.blocks, channels = [], 32
        stages = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
        for expansion, out, repeats, stride in stages:
            for repeat in range(repeats):
                name = f"block_{len(self.blocks)}" if self.blocks else "expanded_conv"
                wide = channels * expansion
                if expansion > 1:
                    self.add_module(f"{name}_expand", Conv(channels, wide))
                self.add_module(f"{name}_depthwise", Conv(wide, wide, 3, stride if repeat == 0 else 1, wide))
                self.add_module(f"{name}_project", Conv(wide, out, relu6=False))
                self.blocks.append((name, expansion > 1, repeat > 0))
                channels = out
        self.Conv_1 = Conv(channels, 1280)`;

/** A photo from a file, [3, H, W] in 0…1. */
export const READ = `${PYTHON_OPENED}

def read(path):
    return torch.from_numpy(np.array(opened(path))).permute(2, 0, 1) / 255`;
