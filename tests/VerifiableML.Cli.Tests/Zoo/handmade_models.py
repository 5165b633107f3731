"""Models in the manner of other exporters: Keras/tf2onnx, scikit-learn, Caffe and CNTK, and odd but valid uses of operators."""

import numpy as np
from onnx import TensorProto, helper

from graph_builder import Graph
from zoo_entry import ZooModel, pixels, signed


def keras_nhwc():
    """NHWC at the edges and between blocks, padding as a node of its own, batch normalisation, Reshape −1, MatMul + Add, Softmax."""
    g = Graph(1)
    x = g.node("Transpose", "input_1", perm=[0, 3, 1, 2])
    x = g.node("Pad", x, g.integers(0, 0, 0, 0, 0, 0, 1, 1), g.constant(np.float32(0)), mode="constant")
    x = g.node("Conv", x, g.constant(g.weights(5, 2, 3, 3)), kernel_shape=[3, 3], strides=[2, 2], auto_pad="VALID")
    x = g.node("Relu", g.batch_norm(x, 5, epsilon=1e-3))
    x = g.node("Transpose", x, perm=[0, 2, 3, 1])
    x = g.node("Transpose", x, perm=[0, 3, 1, 2])
    x = g.node("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2], auto_pad="VALID")
    x = g.node("Transpose", x, perm=[0, 2, 3, 1])
    x = g.node("Reshape", x, g.integers(-1, 40))
    x = g.node("Relu", g.dense(x, 40, 12))
    g.node("Softmax", g.dense(x, 12, 4), output="dense_1", axis=-1)
    return ZooModel("keras_nhwc", "tf2onnx style, opset 13",
                    ["NHWC Transpose", "explicit Pad", "BatchNormalization", "Reshape -1", "MatMul + Add", "Softmax"],
                    g.model(("input_1", ["unk__1", 8, 16, 2]), ("dense_1", ["unk__2", 4]), 13, "tf2onnx-style"), pixels(101, 8, 16, 2))


def keras_same_padding():
    """auto_pad SAME_UPPER and SAME_LOWER where the two differ, GlobalAveragePool, Squeeze by attribute."""
    g = Graph(2)
    x = g.node("Relu", g.conv("x", 4, 1, 4, 4, strides=[2, 2], auto_pad="SAME_UPPER"))
    x = g.node("Relu", g.conv(x, 5, 4, 2, 4, auto_pad="SAME_LOWER"))
    x = g.node("AveragePool", x, kernel_shape=[2, 2], auto_pad="SAME_LOWER", strides=[2, 2])
    x = g.node("MaxPool", x, kernel_shape=[2, 2], auto_pad="SAME_UPPER", strides=[1, 1])
    x = g.node("Squeeze", g.node("GlobalAveragePool", g.conv(x, 6, 5, 1, 1)), axes=[2, 3])
    g.node("Identity", g.dense(x, 6, 3), output="y")
    return ZooModel("keras_same_padding", "tf2onnx style, opset 11",
                    ["SAME_UPPER", "SAME_LOWER", "non-square image", "GlobalAveragePool", "Squeeze with attribute"],
                    g.model(("x", ["N", 1, 13, 10]), ("y", ["N", 3]), 11, "tf2onnx-style"), signed(102, 1, 13, 10))


def keras_signal():
    """A one-dimensional convolution as tf2onnx writes it: Unsqueeze to an image of one row, Conv, Squeeze."""
    g = Graph(3)
    x = g.node("Transpose", "x", perm=[0, 2, 1])
    x = g.node("Unsqueeze", x, g.integers(2))
    x = g.conv(x, 5, 2, 1, 4, strides=[1, 2], pads=[0, 2, 0, 1])
    x = g.node("Relu", g.node("Squeeze", x, g.integers(2)))
    x = g.node("Transpose", x, perm=[0, 2, 1])
    x = g.dense(x, 5, 3)
    g.node("Reshape", x, g.integers(-1, 24), output="y")
    return ZooModel("keras_signal", "tf2onnx style, opset 13",
                    ["1-D convolution", "Unsqueeze", "Squeeze with input", "MatMul of rank 3", "asymmetric padding"],
                    g.model(("x", ["N", 16, 2]), ("y", ["N", 24]), 13, "tf2onnx-style"), signed(103, 16, 2))


def sklearn_classifier():
    """Cast, MatMul, Add, Tanh, Softmax, ArgMax: the output is the class."""
    g = Graph(4)
    x = g.node("Cast", "float_input", to=TensorProto.FLOAT)
    x = g.node("Tanh", g.dense(x, 6, 10))
    x = g.node("Softmax", g.dense(x, 10, 4))
    g.node("ArgMax", x, output="output_label", axis=1, keepdims=0)
    return ZooModel("sklearn_classifier", "skl2onnx style, opset 13", ["Cast", "MatMul + Add", "Tanh", "Softmax", "ArgMax"],
                    g.model(("float_input", [None, 6]), ("output_label", [None]), 13, "skl2onnx-style",
                            output_kind=TensorProto.INT64), signed(104, 6))


def sklearn_binary():
    """Logistic regression over a scaled input: Sub, Div, Gemm, Sigmoid with one output."""
    g = Graph(5)
    x = g.node("Sub", "float_input", g.constant(g.bias(5) * 3))
    x = g.node("Div", x, g.constant(g.random.uniform(0.5, 3, 5).astype(np.float32)))
    x = g.node("Gemm", x, g.constant(g.weights(5, 1, fan_in=5)), g.constant(g.bias(1)), alpha=1.0)
    g.node("Sigmoid", x, output="probability")
    return ZooModel("sklearn_binary", "skl2onnx style, opset 12", ["Sub", "Div by constants", "Gemm without transB", "Sigmoid output"],
                    g.model(("float_input", ["N", 5]), ("probability", ["N", 1]), 12, "skl2onnx-style"), signed(105, 5))


def caffe_old():
    """Opset 7: weights listed as inputs, Dropout and Clip with attributes, bias as a broadcast Add, Identity chains, the first Softmax."""
    g = Graph(6)
    x = g.node("Identity", g.node("Identity", "data"))
    x = g.node("Conv", x, g.constant(g.weights(4, 2, 3, 3), "conv1_w"), kernel_shape=[3, 3], pads=[1, 0, 0, 2])
    x = g.node("Add", x, g.constant(g.bias(4).reshape(4, 1, 1), "conv1_b"))
    x = g.node("Clip", g.node("Dropout", x, ratio=0.3), min=-0.5, max=1.5)
    x = g.node("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])
    x = g.node("Flatten", x)
    x = g.node("Gemm", x, g.constant(g.weights(5, 64), "fc_w"), g.constant(g.bias(5), "fc_b"), transB=1)
    x = g.node("Dropout", x, ratio=0.5)
    g.node("Softmax", x, output="prob")
    return ZooModel("caffe_old", "Caffe2 style, opset 7",
                    ["initializers as inputs", "Dropout", "Clip with attributes", "bias by Add", "Identity chain", "asymmetric padding"],
                    g.model(("data", [1, 2, 9, 9]), ("prob", [1, 5]), 7, "caffe2-style", initializers_are_inputs=True),
                    signed(106, 2, 9, 9))


def constant_nodes():
    """Weights as Constant nodes with float_data fields, Dropout of opset 12 with its inputs, Clip with one bound."""
    g = Graph(7)

    def constant(value, kind=TensorProto.FLOAT):
        value = np.asarray(value)
        tensor = helper.make_tensor("value", kind, value.shape, value.flatten().tolist())
        return g.node("Constant", value=tensor)

    x = g.node("Conv", "in", constant(g.weights(3, 1, 2, 2)), constant(g.bias(3)))
    x = g.node("Clip", x, "", constant(np.float32(0.75)))
    x = g.node("Dropout", x, constant(np.float32(0.4)), constant(np.bool_(False), TensorProto.BOOL), outputs=["dropped", "mask"])
    shape = g.node("Concat", constant(np.int64([-1]), TensorProto.INT64), constant(np.int64([75]), TensorProto.INT64), axis=0)
    x = g.node("Reshape", x, shape)
    g.node("Gemm", x, constant(g.weights(75, 4, fan_in=75)), constant(np.float32([[0.5]])), output="out")
    return ZooModel("constant_nodes", "hand-made, opset 13",
                    ["Constant nodes as weights", "float_data", "Dropout with inputs", "Clip without minimum", "folded Concat", "Gemm bias (1, 1)"],
                    g.model(("in", ["n", 1, 6, 6]), ("out", ["n", 4]), 13), signed(107, 1, 6, 6))


def gemm_variants():
    """Gemm with alpha, beta, without bias and with a bias of shape (1, N); Flatten of what is flat already and with a negative axis."""
    g = Graph(8)
    x = g.node("Flatten", "in", axis=-3)
    x = g.node("Gemm", x, g.constant(g.weights(7, 12)), g.constant(g.bias(7).reshape(1, 7)), alpha=0.5, beta=2.0, transB=1)
    x = g.node("Relu", g.node("Flatten", x, axis=1))
    x = g.node("Gemm", x, g.constant(g.weights(7, 6, fan_in=7)))
    x = g.node("Flatten", g.node("LeakyRelu", x), axis=-1)
    g.node("Gemm", x, g.constant(g.weights(3, 6)), g.constant(g.bias(3)), output="out", transB=1, beta=-1.0)
    return ZooModel("gemm_variants", "hand-made, opset 11", ["Gemm alpha and beta", "Gemm without bias", "Flatten axes", "LeakyRelu default"],
                    g.model(("in", ["n", 3, 2, 2]), ("out", ["n", 3]), 11), signed(108, 3, 2, 2))


def pre_activation():
    """Batch normalisation and Relu before the convolution (nothing to fold it into backwards), and a dense skip from the input."""
    g = Graph(9)
    x = g.node("Relu", g.batch_norm("in", 3))
    x = g.conv(x, 4, 3, 3, 3, pads=[1, 1, 1, 1])
    x = g.node("Concat", "in", x, axis=1)
    x = g.node("Relu", g.batch_norm(x, 7))
    x = g.conv(x, 3, 7, 3, 3, pads=[1, 1, 1, 1])
    x = g.node("Sub", x, "in")
    x = g.batch_norm(g.node("GlobalAveragePool", g.node("Relu", x)), 3)
    g.node("Flatten", x, output="out")
    return ZooModel("pre_activation", "hand-made, opset 14", ["BatchNormalization before Relu", "Concat with the input", "Sub of two branches"],
                    g.model(("in", ["n", 3, 6, 5]), ("out", ["n", 3]), 14), signed(109, 3, 6, 5))


def branches():
    """Mul, Add and Sub of branches, constants per channel (negative ones too) and single ones on either side."""
    g = Graph(10)
    a, b = g.node("Relu", g.conv("in", 4, 2, 3, 3)), g.node("Sigmoid", g.conv("in", 4, 2, 3, 3))
    x = g.node("Mul", a, b)
    x = g.node("Mul", x, g.constant(np.float32([3, -1, 0.5, 0.25]).reshape(1, 4, 1, 1)))
    x = g.node("Sub", g.constant(np.float32(1.5)), x)
    x = g.node("Add", x, g.node("Mul", a, a))
    x = g.node("Add", x, g.constant(np.float32([[[0.25]], [[-2]], [[0]], [[1]]])))
    x = g.node("AveragePool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
    x = g.node("Reshape", x, g.integers(0, -1))
    g.dense(x, 36, 3)
    g.nodes[-1].output[0] = "out"
    return ZooModel("branches", "hand-made, opset 13",
                    ["Mul of two branches", "square", "Mul per channel", "constant minus tensor", "count_include_pad", "Reshape 0"],
                    g.model(("in", ["n", 2, 8, 8]), ("out", ["n", 3]), 13), pixels(110, 2, 8, 8))


def pools():
    """Pools that are rarely met: ceil_mode, dilation, one-sided padding, windows that are not square."""
    g = Graph(11)
    x = g.conv("in", 3, 1, 1, 3)
    x = g.node("MaxPool", x, kernel_shape=[3, 3], strides=[2, 1], pads=[0, 1, 0, 1], ceil_mode=1)
    x = g.node("MaxPool", x, kernel_shape=[2, 2], dilations=[2, 3])
    x = g.node("AveragePool", x, kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 0], ceil_mode=1)
    x = g.node("Tanh", x)
    g.node("Flatten", x, output="out")
    return ZooModel("pools", "hand-made, opset 12", ["MaxPool dilated", "ceil_mode", "asymmetric padding", "windows not square", "1x3 kernel"],
                    g.model(("in", ["n", 1, 10, 12]), ("out", ["n", "m"]), 12), signed(111, 1, 10, 12))


def shared_weights():
    """One weight tensor read by two layers, one layer's output read three times, a tensor nobody reads, an unused initializer."""
    g = Graph(12)
    w, b = g.constant(g.weights(6, 6, fan_in=6), "shared_w"), g.constant(g.bias(6), "shared_b")
    g.constant(np.zeros(3, np.float32), "unused")
    x = g.node("Relu", g.node("Gemm", "in", w, b))
    y = g.node("Relu", g.node("Gemm", x, w, b, transB=1))
    g.node("Tanh", y, output="nobody_reads_this")
    x = g.node("Add", g.node("Add", x, y), x)
    g.node("Gemm", x, g.constant(g.weights(2, 6)), output="out", transB=1)
    return ZooModel("shared_weights", "hand-made, opset 13", ["weights used twice", "dead node", "unused initializer"],
                    g.model(("in", ["n", 6]), ("out", ["n", 2]), 13), signed(112, 6))


def make():
    return [keras_nhwc(), keras_same_padding(), keras_signal(), sklearn_classifier(), sklearn_binary(), caffe_old(), constant_nodes(),
            gemm_variants(), pre_activation(), branches(), pools(), shared_weights()]
