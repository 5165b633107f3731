#!/usr/bin/python3
"""Writes lenet5.onnx as two models that are quantized already, with the scales and zero points that min-max calibration gives:

    /usr/bin/python3 models/quantize_lenet5.py

lenet5-qdq.onnx      QuantizeLinear/DequantizeLinear pairs around float operators; int8 activations (zero point −128 after ReLU), int8
                     weights per output channel, int32 biases.
lenet5-qlinear.onnx  QLinearConv and QLinearMatMul; uint8 activations, ReLU done by saturation at zero point 0, int8 weights per channel
                     for both convolutions and fc1, int8 per tensor for fc2, uint8 with a zero point for fc3. QLinearMatMul has no bias:
                     it is added in float between the dequantization and the next quantization.

They stand for the models that other people's quantizers make; the nodes are built one by one because no quantizer is installed.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

import mnist_idx

HERE = Path(__file__).parent
OPSET = 13


def float_layers(weights, images):
    """Every tensor that gets a scale, for `images` (n, 1, 28, 28): name to values. `name_product` is a dense layer before its bias."""
    w = {name: torch.from_numpy(value.copy()) for name, value in weights.items()}
    x = torch.from_numpy(images)
    seen = {"image": x}
    seen["conv1"] = F.relu(F.conv2d(x, w["conv1.weight"], w["conv1.bias"], padding=2))
    seen["conv2"] = F.relu(F.conv2d(F.max_pool2d(seen["conv1"], 2), w["conv2.weight"], w["conv2.bias"]))
    x = torch.flatten(F.max_pool2d(seen["conv2"], 2), 1)
    for name in ["fc1", "fc2", "fc3"]:
        seen[f"{name}_product"] = x @ w[f"{name}.weight"].T
        x = seen[f"{name}_product"] + w[f"{name}.bias"]
        x = x if name == "fc3" else F.relu(x)
        seen[name] = x
    return {name: value.numpy() for name, value in seen.items()}


def activation_scale(values, kind):
    """Scale and zero point of the least range that holds all `values` and zero."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = np.float32((high - low) / 255)
    first = np.iinfo(kind).min
    zero = int(np.clip(np.rint(first - low / scale), first, first + 255))
    return scale, np.asarray(zero, dtype=kind)


def symmetric_weights(values, axis):
    """int8 weights and their scales: one a channel along `axis`, or one in all when `axis` is None. Zero points are 0."""
    others = tuple(i for i in range(values.ndim) if i != axis) if axis is not None else None
    scale = (np.abs(values).max(axis=others) / 127).astype(np.float32)
    shape = [-1 if i == axis else 1 for i in range(values.ndim)] if axis is not None else []
    return np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8), scale


def asymmetric_weights(values):
    """uint8 weights, their scale and their zero point."""
    scale, zero = activation_scale(values, np.uint8)
    return np.clip(np.rint(values / scale) + int(zero), 0, 255).astype(np.uint8), scale, zero


class Builder:
    """Collects nodes and initializers of one graph."""

    def __init__(self):
        self.nodes, self.initializers = [], []

    def constant(self, name, value):
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output + "/" + kind, **attributes))
        return output

    def scale(self, name, values, kind):
        scale, zero = activation_scale(values, kind)
        return self.constant(f"{name}_scale", scale), self.constant(f"{name}_zero_point", zero)

    def quantize(self, source, scale):
        return self.node("QuantizeLinear", [source, *scale], f"{source}_quantized")

    def dequantize(self, source, scale, output=None, **attributes):
        return self.node("DequantizeLinear", [source, *scale], output or f"{source}_dequantized", **attributes)

    def save(self, path):
        graph = helper.make_graph(
            self.nodes, path.stem.replace("-", "_"),
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 1, 28, 28])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 10])], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=7,
                                  producer_name="verifiableml-quantize-lenet5")
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString())
        print(f"{path}: {path.stat().st_size} bytes")


def build_qdq(weights, seen):
    b = Builder()

    def wrap(source, scale):
        return b.dequantize(b.quantize(source, scale), scale)

    def parameters(layer, input_scale):
        """Dequantized weights (per output channel, axis 0) and biases (scale = input scale × weight scale)."""
        quantized, scale = symmetric_weights(weights[f"{layer}.weight"], 0)
        bias_scale = (scale * input_scale).astype(np.float32)
        bias = np.rint(weights[f"{layer}.bias"] / bias_scale).astype(np.int32)
        w = (b.constant(f"{layer}.weight_scale", scale), b.constant(f"{layer}.weight_zero_point", np.zeros(len(scale), np.int8)))
        c = (b.constant(f"{layer}.bias_scale", bias_scale), b.constant(f"{layer}.bias_zero_point", np.zeros(len(scale), np.int32)))
        return (b.dequantize(b.constant(f"{layer}.weight_quantized", quantized), w, axis=0),
                b.dequantize(b.constant(f"{layer}.bias_quantized", bias), c, axis=0))

    scale, value = b.scale("image", seen["image"], np.int8), activation_scale(seen["image"], np.int8)[0]
    x = wrap("image", scale)
    for layer, pads in [("conv1", [2, 2, 2, 2]), ("conv2", [0, 0, 0, 0])]:
        x = b.node("Conv", [x, *parameters(layer, value)], f"{layer}_sum", kernel_shape=[5, 5], pads=pads)
        scale, value = b.scale(layer, seen[layer], np.int8), activation_scale(seen[layer], np.int8)[0]
        x = wrap(b.node("Relu", [x], f"{layer}_relu"), scale)
        x = wrap(b.node("MaxPool", [x], f"{layer}_pool", kernel_shape=[2, 2], strides=[2, 2]), scale)
    x = wrap(b.node("Flatten", [x], "flat", axis=1), scale)
    for layer in ["fc1", "fc2", "fc3"]:
        x = b.node("Gemm", [x, *parameters(layer, value)], f"{layer}_sum", transB=1)
        scale, value = b.scale(layer, seen[layer], np.int8), activation_scale(seen[layer], np.int8)[0]
        if layer != "fc3":
            x = wrap(b.node("Relu", [x], f"{layer}_relu"), scale)
    b.dequantize(b.quantize(x, scale), scale, output="logits")
    b.save(HERE / "lenet5-qdq.onnx")


def build_qlinear(weights, seen):
    b = Builder()
    scale, value = b.scale("image", seen["image"], np.uint8), activation_scale(seen["image"], np.uint8)[0]
    x = b.quantize("image", scale)
    for layer, pads in [("conv1", [2, 2, 2, 2]), ("conv2", [0, 0, 0, 0])]:
        quantized, w_scale = symmetric_weights(weights[f"{layer}.weight"], 0)
        bias = np.rint(weights[f"{layer}.bias"] / (w_scale * value)).astype(np.int32)
        output_scale = b.scale(layer, seen[layer], np.uint8)
        x = b.node("QLinearConv", [
            x, *scale, b.constant(f"{layer}.weight_quantized", quantized), b.constant(f"{layer}.weight_scale", w_scale),
            b.constant(f"{layer}.weight_zero_point", np.zeros(len(w_scale), np.int8)), *output_scale,
            b.constant(f"{layer}.bias_quantized", bias)], f"{layer}_quantized", kernel_shape=[5, 5], pads=pads)
        x = b.node("MaxPool", [x], f"{layer}_pool", kernel_shape=[2, 2], strides=[2, 2])
        scale, value = output_scale, activation_scale(seen[layer], np.uint8)[0]
    x = b.node("Flatten", [x], "flat", axis=1)
    for layer in ["fc1", "fc2", "fc3"]:
        matrix = weights[f"{layer}.weight"].T
        if layer == "fc3":
            quantized, w_scale, w_zero = asymmetric_weights(matrix)
        else:
            quantized, w_scale = symmetric_weights(matrix, 1 if layer == "fc1" else None)
            w_zero = np.zeros(w_scale.shape, np.int8)
        product_scale = b.scale(f"{layer}_product", seen[f"{layer}_product"], np.uint8)
        x = b.node("QLinearMatMul", [
            x, *scale, b.constant(f"{layer}.weight_quantized", quantized), b.constant(f"{layer}.weight_scale", w_scale),
            b.constant(f"{layer}.weight_zero_point", w_zero), *product_scale], f"{layer}_product")
        x = b.dequantize(x, product_scale)
        bias = b.constant(f"{layer}.bias", weights[f"{layer}.bias"])
        x = b.node("Add", [x, bias], "logits" if layer == "fc3" else f"{layer}_sum")
        if layer != "fc3":
            scale = b.scale(layer, seen[layer], np.uint8)
            x = b.quantize(b.node("Relu", [x], f"{layer}_relu"), scale)
    b.save(HERE / "lenet5-qlinear.onnx")


def main():
    torch.set_num_threads(1)
    graph = onnx.load(str(HERE / "lenet5.onnx")).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    images = mnist_idx.read(HERE / "mnist-calibration-images-idx3-ubyte.gz")[:, None].astype(np.float32) / 255
    seen = float_layers(weights, images)
    build_qdq(weights, seen)
    build_qlinear(weights, seen)


if __name__ == "__main__":
    main()
