"""Small models that are quantized already, in the forms that other quantizers write."""

import numpy as np
from onnx import TensorProto

from graph_builder import Graph
from zoo_entry import ZooModel, pixels, signed


class QuantizedGraph(Graph):
    """Adds quantization parameters. A scale is a pair of constant names: (scale, zero point)."""

    def scale(self, value, zero, kind):
        return self.constant(np.float32(value)), self.constant(np.asarray(zero, dtype=kind))

    def wrap(self, x, scale):
        """Quantize and dequantize: the value that integer execution would have."""
        return self.node("DequantizeLinear", self.node("QuantizeLinear", x, *scale), *scale)

    def quantized(self, values, kind, axis=None, zero=0):
        """Names of the integer tensor, its scale and its zero point; one scale per index of `axis`, or one in all."""
        others = tuple(i for i in range(values.ndim) if i != axis) if axis is not None else None
        steps = (np.abs(values).max(axis=others) / 127).astype(np.float32)
        spread = steps.reshape([-1 if i == axis else 1 for i in range(values.ndim)]) if axis is not None else steps
        info = np.iinfo(kind)
        integers = np.clip(np.rint(values / spread) + zero, info.min, info.max).astype(kind)
        return self.constant(integers), self.constant(steps), self.constant(np.full(steps.shape, zero, dtype=kind)), steps

    def dequantized(self, values, kind, axis=None, zero=0):
        integers, steps, zeros, _ = self.quantized(values, kind, axis, zero)
        attributes = {} if axis is None else {"axis": axis}
        return self.node("DequantizeLinear", integers, steps, zeros, **attributes)


def qdq_residual():
    """uint8 activations, weights per tensor, float biases, a residual Add and a Concat of edges with different scales."""
    g = QuantizedGraph(21)
    first = g.scale(1 / 255, 0, np.uint8)
    x = g.wrap("in", first)
    x = g.node("Relu", g.node("Conv", x, g.dequantized(g.weights(4, 1, 3, 3), np.int8), g.constant(g.bias(4)), pads=[1, 1, 1, 1]))
    x = g.wrap(x, g.scale(3 / 255, 0, np.uint8))
    y = g.node("Conv", x, g.dequantized(g.weights(4, 4, 3, 3), np.int8), g.constant(g.bias(4)), pads=[1, 1, 1, 1])
    y = g.wrap(y, g.scale(12 / 255, 131, np.uint8))
    x = g.wrap(g.node("Relu", g.node("Add", x, y)), g.scale(7 / 255, 0, np.uint8))
    z = g.wrap(g.node("Concat", x, y, axis=1), g.scale(13 / 255, 117, np.uint8))
    z = g.wrap(g.node("MaxPool", z, kernel_shape=[2, 2], strides=[2, 2]), g.scale(13 / 255, 117, np.uint8))
    z = g.wrap(g.node("GlobalAveragePool", z), g.scale(5.37 / 255, 90, np.uint8))  # no average is a tie
    z = g.node("Flatten", z)
    z = g.node("Gemm", z, g.dequantized(g.weights(3, 8), np.int8), g.constant(g.bias(3)), transB=1)
    last = g.scale(8 / 255, 128, np.uint8)
    g.node("DequantizeLinear", g.node("QuantizeLinear", z, *last), *last, output="out")
    return ZooModel("qdq_residual", "QDQ, opset 13, uint8 activations", ["QDQ", "residual Add", "Concat of different scales", "per tensor"],
                    g.model(("in", ["n", 1, 8, 8]), ("out", ["n", 3]), 13), pixels(201, 1, 8, 8), quantized=True)


def qdq_per_channel():
    """int8 activations with zero points, weights per channel (depthwise, too), MatMul with weights per column, int32 bias."""
    g = QuantizedGraph(22)
    first = g.scale(6 / 255, -7, np.int8)
    x = g.wrap("in", first)
    weights = g.weights(6, 2, 3, 3)
    integers, steps, zeros, values = g.quantized(weights, np.int8, 0)
    bias_steps = (values * np.float32(6 / 255)).astype(np.float32)
    bias = g.node("DequantizeLinear", g.constant(np.rint(g.bias(6) / bias_steps).astype(np.int32)), g.constant(bias_steps),
                  g.constant(np.zeros(6, np.int32)), axis=0)
    x = g.node("Conv", x, g.node("DequantizeLinear", integers, steps, zeros, axis=0), bias, pads=[1, 1, 0, 0])
    x = g.wrap(g.node("Clip", x, g.constant(np.float32(0)), g.constant(np.float32(6))), g.scale(6 / 255, -128, np.int8))
    x = g.node("Conv", x, g.dequantized(g.weights(6, 1, 3, 3), np.int8, 0), group=6, strides=[2, 2])
    x = g.wrap(x, g.scale(16 / 255, 11, np.int8))
    x = g.node("Reshape", x, g.integers(-1, 24))
    x = g.wrap(g.node("MatMul", x, g.dequantized(g.weights(24, 4, fan_in=24), np.int8, 1)), g.scale(16 / 255, -3, np.int8))
    g.node("Add", x, g.constant(g.bias(4)), output="out")
    return ZooModel("qdq_per_channel", "QDQ, opset 13, int8 activations",
                    ["QDQ", "per channel", "depthwise", "int32 bias", "zero points", "padding with a zero point", "MatMul per column"],
                    g.model(("in", ["n", 2, 7, 7]), ("out", ["n", 4]), 13), signed(202, 2, 7, 7), quantized=True)


def qlinear_asymmetric():
    """QLinearConv with a zero point in activations and in uint8 weights, padded; QLinearMatMul; quantized output."""
    g = QuantizedGraph(23)
    first = g.scale(6 / 255, 121, np.uint8)
    x = g.node("QuantizeLinear", "in", *first)
    w, w_steps, w_zero, steps = g.quantized(g.weights(5, 2, 3, 3), np.uint8, None, 127)
    bias = g.constant(np.rint(g.bias(5) / (steps * np.float32(6 / 255))).astype(np.int32))
    second = g.scale(9 / 255, 100, np.uint8)
    x = g.node("QLinearConv", x, *first, w, w_steps, w_zero, *second, bias, pads=[1, 1, 1, 1], strides=[2, 2])
    x = g.node("Flatten", x)
    m, m_steps, m_zero, _ = g.quantized(g.weights(80, 4, fan_in=80), np.int8)
    third = g.scale(16 / 255, 125, np.uint8)
    x = g.node("QLinearMatMul", x, *second, m, m_steps, m_zero, *third)
    g.node("DequantizeLinear", x, *third, output="out")
    return ZooModel("qlinear_asymmetric", "QOperator, opset 10", ["QLinearConv", "QLinearMatMul", "weight zero point", "stride 2", "padding with a zero point"],
                    g.model(("in", ["n", 2, 8, 8]), ("out", ["n", 4]), 10), signed(203, 2, 8, 8), quantized=True)


def make():
    return [qdq_residual(), qdq_per_channel(), qlinear_asymmetric()]
