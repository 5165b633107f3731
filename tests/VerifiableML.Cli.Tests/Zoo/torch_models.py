"""Models as PyTorch's TorchScript exporter writes them, opsets 9 to 17."""

import io
import warnings

import torch
from torch import nn
from torch.nn import functional as F
from torch.onnx import TrainingMode

from zoo_entry import ZooModel, pixels, signed

warnings.filterwarnings("ignore", module="torch.onnx")


class Kernels(nn.Module):
    """1×1 and 7×7 kernels; `view(size(0), -1)` becomes a Shape, Gather, Concat, Reshape chain."""

    def __init__(self):
        super().__init__()
        self.point, self.large, self.dense = nn.Conv2d(1, 4, 1), nn.Conv2d(4, 3, 7, padding=3), nn.Linear(108, 5)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.large(F.relu(self.point(x)))), 2)
        return self.dense(x.view(x.size(0), -1))


class StrideDilation(nn.Module):
    """Stride 3, dilation 2, one-sided explicit padding, images that are not square."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 4, (3, 2), stride=3), nn.Conv2d(4, 6, 2, dilation=2, bias=False)
        self.dense = nn.Linear(6 * 4 * 3, 4)

    def forward(self, x):
        x = F.relu(self.first(F.pad(x, (0, 2, 1, 0))))
        x = F.relu(self.second(F.pad(x, (1, 0, 0, 1))))
        return self.dense(torch.flatten(x, 1))


class Mobile(nn.Module):
    """Depthwise and pointwise convolutions, batch normalisation left in, ReLU6."""

    def __init__(self):
        super().__init__()
        self.stem, self.norm1 = nn.Conv2d(2, 6, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(6)
        self.depth, self.norm2 = nn.Conv2d(6, 12, 3, padding=1, groups=6, bias=False), nn.BatchNorm2d(12)
        self.point, self.norm3 = nn.Conv2d(12, 5, 1, bias=False), nn.BatchNorm2d(5)
        self.dense = nn.Linear(5, 3)

    def forward(self, x):
        x = F.relu6(self.norm1(self.stem(x)) * 3)
        x = F.relu6(self.norm2(self.depth(x)))
        x = self.norm3(self.point(x))
        return self.dense(F.adaptive_avg_pool2d(x, 1).flatten(1))


class Residual(nn.Module):
    """One residual block with an identity and one with a projection, global average pool head."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, padding=1)
        self.a1, self.a2 = nn.Conv2d(4, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.b1, self.b2 = nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.Conv2d(6, 6, 3, padding=1)
        self.project, self.dense = nn.Conv2d(4, 6, 1, stride=2), nn.Linear(6, 4)

    def forward(self, x):
        x = F.relu(self.stem(x))
        x = F.relu(x + self.a2(F.relu(self.a1(x))))
        x = F.relu(self.b2(F.relu(self.b1(x))) + self.project(x))
        return self.dense(torch.flatten(F.adaptive_avg_pool2d(x, (1, 1)), 1))


class Inception(nn.Module):
    """Concat of branches whose values differ a hundredfold in size."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(2, 3, 1), nn.Conv2d(2, 3, 3, padding=1), nn.Conv2d(2, 2, 5, padding=2)
        self.mix, self.dense = nn.Conv2d(10, 4, 3), nn.Linear(4 * 3 * 3, 4)

    def forward(self, x):
        branches = [F.relu(self.a(x)), F.relu(self.b(x)) * 20, F.max_pool2d(x, 3, 1, 1), self.c(x) * 0.2]
        x = F.max_pool2d(F.relu(self.mix(torch.cat(branches, dim=1))), 2)
        return self.dense(x.flatten(start_dim=1))


class AveragePools(nn.Module):
    """Average pooling with padding counted and not counted, and rounded up."""

    def __init__(self):
        super().__init__()
        self.conv, self.dense = nn.Conv2d(1, 5, 3), nn.Linear(5 * 2 * 2, 3)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv(x)), 3, stride=2, padding=1, count_include_pad=True)
        x = F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)
        x = F.avg_pool2d(x, 3, stride=2, ceil_mode=True, count_include_pad=False)
        return self.dense(x.flatten(1))


class NegativePools(nn.Module):
    """Max-pooling 3×3, stride 2, padded, of values below zero: padding must not win. LeakyReLU."""

    def __init__(self):
        super().__init__()
        self.conv, self.second, self.dense = nn.Conv2d(1, 4, 3), nn.Conv2d(4, 4, 3, padding=1), nn.Linear(4 * 3 * 3, 3)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)) * -1 - 0.25, 3, stride=2, padding=1)
        x = F.leaky_relu(self.second(x), 0.2)
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        return self.dense(x.flatten(1))


class SmoothMlp(nn.Module):
    """Sigmoid and tanh hidden layers."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(12, 16), nn.Sigmoid(), nn.Linear(16, 10), nn.Tanh(), nn.Linear(10, 3))

    def forward(self, x):
        return self.layers(x)


class Signal(nn.Module):
    """One-dimensional convolutions and pools."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv1d(2, 6, 5, stride=2, padding=2), nn.Conv1d(6, 4, 3, dilation=2)
        self.dense = nn.Linear(4 * 5, 3)

    def forward(self, x):
        x = F.max_pool1d(F.relu(self.a(x)), 2)
        x = F.avg_pool1d(torch.tanh(self.b(x)), 3, stride=1, padding=1)
        return self.dense(x.flatten(1))


class SqueezeExcite(nn.Module):
    """A product of two branches: channels weighted by a sigmoid of their averages."""

    def __init__(self):
        super().__init__()
        self.conv, self.down, self.up = nn.Conv2d(3, 6, 3, padding=1), nn.Linear(6, 2), nn.Linear(2, 6)
        self.last, self.dense = nn.Conv2d(6, 4, 3, stride=2), nn.Linear(4 * 3 * 3, 4)

    def forward(self, x):
        x = F.relu(self.conv(x))
        weight = torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3)) if self.reduce else F.adaptive_avg_pool2d(x, 1).flatten(1)))))
        x = x * weight.unsqueeze(-1).unsqueeze(-1)
        return self.dense(F.relu(self.last(x)).flatten(1))

    reduce = False


class SqueezeExciteMean(SqueezeExcite):
    """The same with ReduceMean."""

    reduce = True


class Permuted(nn.Module):
    """Axes exchanged between two convolutions: channels become rows."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.dense = nn.Conv2d(1, 6, 3), nn.Conv2d(8, 3, 3), nn.Linear(3 * 4 * 5, 3)

    def forward(self, x):
        x = F.relu(self.a(x)).permute(0, 2, 1, 3)
        return self.dense(F.relu(self.b(x)).flatten(1))


class Shuffle(nn.Module):
    """Grouped convolutions with a channel shuffle: Reshape to five axes, Transpose, Reshape."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(4, 8, 3, padding=1, groups=2), nn.Conv2d(8, 8, 3, stride=2, groups=4)
        self.dense = nn.Linear(8 * 3 * 3, 4)

    def forward(self, x):
        x = F.relu(self.a(x))
        n, c, h, w = x.shape
        x = x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)
        return self.dense(F.relu(self.b(x)).flatten(1))


class Normalized(nn.Module):
    """The input normalised inside the model by constants per channel (Sub, Div, Mul), softmax at the end."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
        self.register_buffer("gain", torch.tensor([1.5, -0.5, 0.75, 2.0]).view(4, 1, 1))
        self.conv, self.dense = nn.Conv2d(3, 4, 3, stride=2), nn.Linear(4 * 4 * 4, 5)

    def forward(self, x):
        x = F.relu(self.conv((x - self.mean) / self.deviation)) * self.gain
        return F.softmax(self.dense(x.reshape(-1, 64)), dim=1)


class WideInput(nn.Module):
    """4,096 inputs, a layer of one unit in the middle."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4096, 6), nn.ReLU(), nn.Linear(6, 1), nn.Tanh(), nn.Linear(1, 3))

    def forward(self, x):
        return self.layers(x)


class WideHidden(nn.Module):
    """4,096 hidden units between two inputs and one output."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2, 4096), nn.ReLU(), nn.Linear(4096, 1))

    def forward(self, x):
        return self.layers(x)


class HardActivations(nn.Module):
    """Hard swish and hard sigmoid, as mobile networks use them, and a sign turned."""

    def __init__(self):
        super().__init__()
        self.conv, self.dense = nn.Conv2d(1, 4, 3), nn.Linear(4 * 4 * 4, 3)

    def forward(self, x):
        return self.dense(F.hardsigmoid(-F.hardswish(self.conv(x))).flatten(1))


def randomize(module):
    """
    Weights large enough that different inputs give clearly different outputs; batch normalisation as it is after training, with
    means and variances that are not 0 and 1.
    """
    if isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Linear)):
        nn.init.normal_(module.weight, 0, (2.0 / module.weight[0].numel()) ** 0.5)
        if module.bias is not None:
            nn.init.normal_(module.bias, 0, 0.1)
    if isinstance(module, nn.BatchNorm2d):
        module.running_mean.normal_(0, 0.3)
        module.running_var.uniform_(0.3, 2)
        module.weight.data.uniform_(-1.5, 1.5)
        module.bias.data.normal_(0, 0.3)


def export(name, build, samples, opset, features, free_batch=True, batch=1, training=TrainingMode.EVAL, required=True):
    torch.manual_seed(len(name) * 1000 + opset)
    model = build().eval()
    model.apply(randomize)
    file = io.BytesIO()
    axes = {"input": {0: "batch_size"}, "output": {0: "batch_size"}} if free_batch else None
    example = torch.from_numpy(samples[:batch].copy())
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, example, file, opset_version=opset, input_names=["input"], output_names=["output"],
                          dynamic_axes=axes, training=training)
        output = model(torch.from_numpy(samples.copy())).numpy()
    kind = "free batch" if free_batch else f"batch fixed at {batch}"
    return ZooModel(f"torch_{name}", f"PyTorch 1.13, opset {opset}, {kind}", features, file.getvalue(), samples, required,
                    torch_output=output)


def make():
    kept = TrainingMode.PRESERVE  # keeps BatchNormalization as a node of its own
    return [
        export("kernels_1_7", Kernels, pixels(1, 1, 12, 12), 9, ["1x1 kernel", "7x7 kernel", "single channel", "Shape chain"]),
        export("stride3_dilation2", StrideDilation, signed(2, 3, 14, 11), 10,
               ["stride 3", "dilation 2", "asymmetric padding", "Pad with attributes", "non-square image", "no bias"]),
        export("mobile_batchnorm", Mobile, signed(3, 2, 11, 9), 11,
               ["depthwise", "BatchNormalization", "Clip with inputs", "Mul by a constant", "GlobalAveragePool"], training=kept),
        export("mobile_folded", Mobile, signed(3, 2, 11, 9), 12, ["depthwise", "Clip with inputs", "GlobalAveragePool"]),
        export("residual", Residual, pixels(4, 1, 10, 10), 12, ["residual Add", "projection", "GlobalAveragePool"]),
        export("inception", Inception, pixels(5, 2, 8, 8), 13, ["Concat of different scales", "MaxPool stride 1", "Mul by a constant"]),
        export("average_pools", AveragePools, pixels(6, 1, 12, 12), 14, ["AveragePool", "count_include_pad", "ceil_mode", "Pad with inputs"]),
        export("negative_pools", NegativePools, signed(7, 1, 13, 13), 13, ["MaxPool padded", "negative values", "Mul and Sub by constants", "LeakyRelu"]),
        export("smooth_mlp", SmoothMlp, signed(8, 12), 15, ["Sigmoid", "Tanh", "Gemm"]),
        export("signal_conv1d", Signal, signed(9, 2, 36), 13, ["1-D convolution", "1-D pools", "dilation 2", "Tanh"]),
        export("squeeze_excite", SqueezeExcite, pixels(10, 3, 7, 7), 17, ["Mul of two branches", "Sigmoid", "Unsqueeze", "broadcast"]),
        export("squeeze_excite_mean", SqueezeExciteMean, pixels(10, 3, 7, 7), 13, ["Mul of two branches", "ReduceMean"], required=False),
        export("permuted", Permuted, signed(11, 1, 10, 9), 16, ["Transpose between convolutions"]),
        export("shuffle", Shuffle, signed(12, 4, 8, 8), 13, ["grouped convolution", "five axes", "Reshape", "Transpose"], free_batch=False),
        export("normalized", Normalized, pixels(13, 3, 9, 9), 14, ["Sub", "Div by constants", "Mul per channel", "Reshape -1", "Softmax"]),
        export("wide_input", WideInput, pixels(14, 4096), 13, ["4096 inputs", "one hidden unit", "Tanh"]),
        export("wide_hidden", WideHidden, signed(15, 2), 11, ["4096 hidden units", "one output"]),
        export("fixed_batch_one", Kernels, pixels(16, 1, 12, 12), 13, ["fixed batch of one", "constant folding"], free_batch=False),
        export("fixed_batch_four", Residual, pixels(17, 1, 6, 6), 13, ["fixed batch of four"], free_batch=False, batch=4, required=False),
        export("hard_activations", HardActivations, signed(18, 1, 6, 6), 14, ["HardSwish", "HardSigmoid", "Neg"], required=False),
    ]
