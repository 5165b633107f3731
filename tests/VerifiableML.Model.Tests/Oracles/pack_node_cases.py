"""Packs the ONNX project's own operator tests into one file a case, for the operators that are supported here.

    python3 pack_node_cases.py /usr/share/libonnx-testdata/data ../TestData/Nodes

The data come from the Debian package libonnx-testdata. Each case there is a model of one node with all its operands as inputs. Here a
model has one input, so the first operand stays an input and the others become initializers. Operand and expected result travel inside the
model as two more initializers, `given` and `expected`, which no node reads. What the reader does not support is packed as well: the
test then expects the refusal.
"""

import pathlib
import sys

import numpy as np
import onnx
from onnx import numpy_helper

OPERATORS = """Add ArgMax AveragePool BatchNormalization Cast Clip Concat Constant ConstantOfShape Conv DequantizeLinear Div Dropout Flatten
Gather Gemm GlobalAveragePool GlobalMaxPool HardSigmoid HardSwish Identity LeakyRelu LogSoftmax MatMul MaxPool Mul Neg Pad PRelu QLinearConv
QLinearMatMul QuantizeLinear ReduceMean Relu Reshape Sigmoid Slice Softmax Squeeze Sub Sum Tanh Transpose Unsqueeze""".split()
# Operators that operator set 7 left as they were in 6: cases that are older are marked with 7.
UNCHANGED = """AveragePool Concat Constant Conv Flatten GlobalAveragePool GlobalMaxPool HardSigmoid LeakyRelu LogSoftmax MaxPool Pad ReduceMean
Relu Sigmoid Softmax Squeeze Tanh Transpose Unsqueeze""".split()
TYPES = {"float32", "float64", "int8", "uint8", "int32", "int64", "bool"}
GREATEST_FILE = 40_000


def tensor(path):
    message = onnx.TensorProto()
    message.ParseFromString(path.read_bytes())
    return numpy_helper.to_array(message)


def pack(folder):
    """The packed case as bytes, or the reason why there is none."""
    model = onnx.load(folder / "model.onnx")
    graph = model.graph
    if not graph.node or any(node.op_type not in OPERATORS for node in graph.node):
        return "other operators"
    if any(attribute.HasField("g") for node in graph.node for attribute in node.attribute):
        return "nested graph"
    if max((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), default=1) < 7:
        if any(node.op_type not in UNCHANGED for node in graph.node):
            return "old operator set"
        model.ClearField("opset_import")
        model.opset_import.append(onnx.helper.make_opsetid("", 7))
    if any(not value.type.HasField("tensor_type") for value in list(graph.input) + list(graph.output)):
        return "sequences or optionals"
    given = [value for value in graph.input if value.name not in {t.name for t in graph.initializer}]
    data = folder / "test_data_set_0"
    operands = [tensor(data / f"input_{i}.pb") for i in range(len(given))]
    result = tensor(data / "output_0.pb")
    if not given:
        return "no input"
    if any(str(array.dtype) not in TYPES or 0 in array.shape for array in operands[:1] + [result]):
        return f"element type or empty: {[str(a.dtype) for a in operands]} -> {result.dtype}"

    # The operand that is an activation in real models: the first one, which for Where-like operators would differ.
    for value, array in list(zip(given, operands))[1:]:
        graph.initializer.append(numpy_helper.from_array(np.asarray(array), value.name))
    del graph.input[:]
    graph.input.append(given[0])
    del graph.output[1:]
    graph.initializer.append(numpy_helper.from_array(np.asarray(operands[0]), "given"))
    graph.initializer.append(numpy_helper.from_array(np.asarray(result), "expected"))
    model.ClearField("producer_name")
    model.ClearField("doc_string")
    packed = model.SerializeToString()
    return packed if len(packed) <= GREATEST_FILE else f"{len(packed)} bytes"


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    for old in target.glob("*.onnx"):
        old.unlink()
    total = 0
    for kind in ("node", "simple", "pytorch-converted", "pytorch-operator"):
        for folder in sorted((source / kind).iterdir()):
            try:
                packed = pack(folder)
            except Exception as problem:  # a case that the packer cannot read is reported, never lost silently
                packed = f"{type(problem).__name__}: {problem}"
            if isinstance(packed, str):
                if packed != "other operators":
                    print(f"left out {folder.name}: {packed}")
                continue
            name = folder.name.removeprefix("test_")
            (target / f"{name}.onnx").write_bytes(packed)
            total += len(packed)
    print(f"{len(list(target.glob('*.onnx')))} cases, {total} bytes")


if __name__ == "__main__":
    main()
