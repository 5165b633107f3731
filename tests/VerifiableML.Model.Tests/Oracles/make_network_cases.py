"""Makes small random networks with odd geometries, and has onnxruntime compute what they give.

    /usr/bin/python3 make_network_cases.py ../TestData/Networks

Everything is drawn from a fixed seed. A case that onnxruntime refuses is left out, with a message.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent


class Case:
    """One network under construction: the tensor `self.last` is what the next node reads."""

    def __init__(self, seed, opset, shape):
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.opset, self.shape, self.last = opset, shape, "x"
        self.nodes, self.constants, self.domains = [], [], set()

    def constant(self, array, name=None):
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def floats(self, *shape, low=-1.0, high=1.0):
        return self.constant(self.numbers.uniform(low, high, shape).astype(np.float32))

    def node(self, op_type, *more, first=None, domain="", **attributes):
        """A node that reads the last tensor (or `first`) and the constants named after it."""
        name = f"t{len(self.nodes)}"
        inputs = [self.last if first is None else first, *more]
        self.nodes.append(helper.make_node(op_type, inputs, [name], domain=domain, **attributes))
        if domain:
            self.domains.add(domain)
        self.last = name
        return name

    def model(self):
        graph = helper.make_graph(
            self.nodes,
            "case",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)],
            [helper.make_empty_tensor_value_info(self.last)],
            self.constants)
        opsets = [helper.make_opsetid("", self.opset)] + [helper.make_opsetid(domain, 1) for domain in sorted(self.domains)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=7 if self.opset < 18 else 9)


def window(case, rank, kernel=True, ceil=False):
    """Attributes of a random sliding window that fits at least 9 cells."""
    draw = case.random
    attributes = {"strides": [draw.randint(1, 3) for _ in range(rank)]}
    extents = [draw.randint(1, 4) for _ in range(rank)]
    if kernel:
        attributes["kernel_shape"] = extents
    mode = draw.choice(["NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"])
    if mode == "NOTSET":
        attributes["pads"] = [draw.randint(0, extent - 1) for extent in extents * 2]
    else:
        attributes["auto_pad"] = mode
    if ceil and mode == "NOTSET":
        attributes["ceil_mode"] = 1
    return attributes, extents


def convolution(seed):
    rank = 1 + seed % 2
    case = Case(seed, 13, [2, 6, 11, 9][: 2 + rank])
    attributes, extents = window(case, rank, kernel=False)
    if "auto_pad" not in attributes or attributes["auto_pad"] == "VALID":
        attributes["dilations"] = [case.random.randint(1, 2) for _ in range(rank)]
    groups = case.random.choice([1, 2, 3, 6])
    case.node("Conv", case.floats(6, 6 // groups, *extents), case.floats(6), group=groups, **attributes)
    case.node("LeakyRelu", alpha=0.2)
    return case


def pooling(seed):
    rank = 1 + seed % 2
    case = Case(seed, 13, [2, 2, 11, 9][: 2 + rank])
    op_type = ["MaxPool", "AveragePool"][seed // 2 % 2]
    attributes, _ = window(case, rank, ceil=seed % 3 == 0)
    if op_type == "AveragePool":
        attributes["count_include_pad"] = case.random.randint(0, 1)
    case.node(op_type, **attributes)
    return case


def dense(seed):
    case = Case(seed, 13, [3, 7])
    for transposed, addend in ((0, [5]), (1, [1, 4]), (1, None), (0, [3, 2])):
        columns = addend[-1] if addend else 6
        rows = {0: 7, 1: 5, 2: 4, 3: 6}[len(case.nodes) // 2]
        weights = case.floats(*((columns, rows) if transposed else (rows, columns)))
        more = [weights] + ([case.floats(*addend)] if addend else [])
        case.node("Gemm", *more, transB=transposed, alpha=case.random.choice([1.0, 0.5]), beta=case.random.choice([1.0, 2.0]))
        case.node("Tanh")
    return case


def sequence(seed):
    case = Case(seed, 13, [2, 5, 6])
    case.node("MatMul", case.floats(6, 4))
    case.node("Add", case.floats(4))
    case.node("Transpose", perm=[0, 2, 1])
    case.node("MatMul", case.floats(2, 5, 3) if seed % 2 else case.floats(1, 5, 3))
    case.node(["Softmax", "LogSoftmax"][seed % 2], axis=seed % 3 - 1 if seed % 3 != 1 else 2)
    return case


def old_softmax(seed):
    case = Case(seed, 11, [2, 3, 4, 2])
    case.node(["Softmax", "LogSoftmax"][seed % 2], axis=1 + seed % 3)
    return case


def branches(seed):
    case = Case(seed, 13, [2, 4, 6, 5])
    left = case.node("Conv", case.floats(4, 4, 3, 3), pads=[1, 1, 1, 1])
    right = case.node("Mul", case.floats(4, 1, 1), first="x")
    case.node("Sub", right, first=left)
    case.node("Clip", case.constant(np.float32(-1)), case.constant(np.float32(1.5)))
    case.node("Concat", left, right, axis=1 + seed % 3)
    case.node("ReduceMean", axes=[[2, 3], [1, 3], [-2]][seed % 3], keepdims=seed % 2)
    return case


def shapes(seed):
    case = Case(seed, 13, [2, 3, 4, 1, 5])
    case.node("Squeeze", case.constant(np.array([3], dtype=np.int64)))
    case.node("Pad", case.constant(np.array([0, 0, 1, 2, 0, 1, 0, 3], dtype=np.int64)), case.constant(np.float32(0.5)))
    case.node("Slice", *(case.constant(np.array(values, dtype=np.int64)) for values in ([-1, 0], [-100, 3], [3, 1], [-2, 1])))
    case.node("Reshape", case.constant(np.array([0, -1, 3], dtype=np.int64)))
    case.node("Unsqueeze", case.constant(np.array([1, -1], dtype=np.int64)))
    case.node("Flatten", axis=3)
    return case


def normalization(seed):
    case = Case(seed, 9, [2, 3, 5, 4])
    case.node("BatchNormalization", case.floats(3), case.floats(3), case.floats(3), case.floats(3, low=0.1, high=2), epsilon=1e-3)
    case.node("Clip", min=-0.5, max=0.75)
    case.node("GlobalAveragePool")
    case.node("Div", case.floats(3, 1, 1, low=0.5, high=2))
    case.node("Sigmoid")
    return case


def classifier(seed):
    case = Case(seed, 13, [3, 6])
    case.node("MatMul", case.constant(np.round(case.numbers.uniform(-2, 2, (6, 5))).astype(np.float32)))
    case.node("Clip", "", case.constant(np.float32(0.5)))
    case.node("ArgMax", axis=1, keepdims=seed % 2, select_last_index=seed // 2 % 2)
    return case


def quantize(case, scale, zero, kind):
    scale, zero = case.constant(np.float32(scale)), case.constant(np.array(zero, dtype=kind))
    case.node("QuantizeLinear", scale, zero)
    return scale, zero


def quantized_convolution(seed):
    case = Case(seed, 13, [2, 4, 7, 6])
    kind = [np.uint8, np.int8][seed % 2]
    source = quantize(case, 0.0173, case.random.randint(0, 100), kind)
    groups = case.random.choice([1, 2, 4])
    weight_kind = np.uint8 if seed % 4 == 2 else np.int8
    low = 0 if weight_kind == np.uint8 else -127
    weights = case.constant(case.numbers.integers(low, 127, (8, 4 // groups, 3, 2)).astype(weight_kind))
    many = seed % 3 != 0
    scales = case.constant(case.numbers.uniform(0.002, 0.01, (8 if many else ())).astype(np.float32))
    zeros = case.constant(np.full(8 if many else (), 0 if weight_kind == np.int8 else 64, dtype=weight_kind))
    target = case.constant(np.float32(0.031)), case.constant(np.array(case.random.randint(0, 100), dtype=kind))
    bias = case.constant(case.numbers.integers(-3000, 3000, 8).astype(np.int32))
    case.node("QLinearConv", *source, weights, scales, zeros, *target, bias, group=groups, pads=[1, 0, 0, 1], strides=[2, 1])
    case.node("DequantizeLinear", *target)
    return case


def quantized_products(seed):
    case = Case(seed, 13, [3, 8])
    kind = [np.uint8, np.int8][seed % 2]
    source = quantize(case, 0.0091, case.random.randint(0, 90), kind)
    weights = case.constant(case.numbers.integers(-127, 127, (8, 6)).astype(np.int8))
    middle = case.constant(np.float32(0.023)), case.constant(np.array(case.random.randint(0, 90), dtype=kind))
    case.node("QLinearMatMul", *source, weights, case.constant(np.float32(0.004)), case.constant(np.int8(0)), *middle)
    weights = case.constant(case.numbers.integers(-127, 127, (5, 6)).astype(np.int8))
    bias = case.constant(case.numbers.integers(-900, 900, 5).astype(np.int32))
    target = case.constant(np.float32(0.027)), case.constant(np.array(7, dtype=kind))
    scales = case.constant(case.numbers.uniform(0.002, 0.01, 5).astype(np.float32))
    zeros = case.constant(np.zeros(5, dtype=np.int8))
    case.node("QGemm", *middle, weights, scales, zeros, bias, *target, domain="com.microsoft", transB=1, alpha=1.0)
    case.node("DequantizeLinear", *target)
    return case


def quantized_residual(seed):
    case = Case(seed, 13, [2, 3, 6, 5])
    kind = [np.uint8, np.int8][seed % 2]
    source = quantize(case, 0.0113, case.random.randint(0, 90), kind)
    left = case.last
    pooled = case.node("MaxPool", kernel_shape=[3, 3], pads=[1, 1, 1, 1], first=left)
    target = case.constant(np.float32(0.0177)), case.constant(np.array(31, dtype=kind))
    case.node("QLinearAdd", *source, pooled, *source, *target, first=left, domain="com.microsoft")
    mean = case.constant(np.float32(0.0123)), case.constant(np.array(5, dtype=kind))
    case.node("QLinearGlobalAveragePool", *target, *mean, domain="com.microsoft")
    case.node("DequantizeLinear", *mean)
    return case


def quantized_axes(seed):
    case = Case(seed, 13, [2, 3, 4])
    scales = case.constant(case.numbers.uniform(0.01, 0.03, 3).astype(np.float32))
    zeros = case.constant(np.array([3, 100, 50], dtype=np.uint8))
    case.node("QuantizeLinear", scales, zeros, axis=1)
    case.node("DequantizeLinear", scales, zeros, axis=-2)
    return case


def recent(seed):
    """Forms that operator sets 18 and 19 brought."""
    case = Case(seed, 19, [2, 3, 9, 8])
    case.node("AveragePool", kernel_shape=[2, 3], dilations=[2, 1], strides=[1, 2], pads=[1, 0, 1, 1], count_include_pad=seed % 2)
    case.node("Pad", case.constant(np.array([1, 2], dtype=np.int64)), "", case.constant(np.array([-1], dtype=np.int64)))
    case.node("ReduceMean", case.constant(np.array([-1, 2], dtype=np.int64)), keepdims=0)
    return case


MAKERS = {
    convolution: 16, pooling: 16, dense: 2, sequence: 6, old_softmax: 6, branches: 6, shapes: 1, normalization: 2, classifier: 4,
    quantized_convolution: 8, quantized_products: 4, quantized_residual: 4, quantized_axes: 1, recent: 2,
}
TYPES = {"float32": np.float32, "int64": np.int64}


def main():
    target = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        inputs = {}
        for make, count in MAKERS.items():
            for seed in range(count):
                case, name = make(seed), f"{make.__name__}_{seed}"
                inputs[name] = np.random.default_rng(1000 + seed).uniform(-1.5, 1.5, case.shape).astype(np.float32)
                (work / f"{name}.onnx").write_bytes(case.model().SerializeToString())
                (work / f"{name}.input").write_bytes(inputs[name].tobytes())
                (work / f"{name}.extents").write_text(json.dumps(case.shape))
        subprocess.run(["node", HERE / "run_onnxruntime.mjs", work], check=True)
        target.mkdir(exist_ok=True)
        for old in target.glob("*.onnx"):
            old.unlink()
        for name, given in inputs.items():
            if not (work / f"{name}.shape").exists():
                continue
            shape = json.loads((work / f"{name}.shape").read_text())
            result = np.frombuffer((work / f"{name}.output").read_bytes()).reshape(shape["dims"]).astype(TYPES[shape["type"]])
            model = onnx.load(work / f"{name}.onnx")
            model.graph.initializer.append(numpy_helper.from_array(given, "given"))
            model.graph.initializer.append(numpy_helper.from_array(result, "expected"))
            (target / f"{name}.onnx").write_bytes(model.SerializeToString())
    files = list(target.glob("*.onnx"))
    print(f"{len(files)} cases of {sum(MAKERS.values())}, {sum(file.stat().st_size for file in files)} bytes")


if __name__ == "__main__":
    main()
