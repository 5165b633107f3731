"""A few lines that keep hand-built ONNX graphs readable."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """Collects nodes and initializers. Every call returns the name of the tensor it makes."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.nodes, self.initializers, self.count = [], [], 0

    def name(self, kind):
        self.count += 1
        return f"{kind}_{self.count}"

    def node(self, kind, *inputs, output=None, outputs=None, **attributes):
        """One node; `outputs` for kinds that have more than one."""
        names = outputs or [output or self.name(kind.lower())]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}__{len(self.nodes)}", **attributes))
        return names[0]

    def constant(self, value, name=None, kind=None):
        """An initializer."""
        value = np.asarray(value, dtype=kind or (np.float32 if np.asarray(value).dtype.kind == "f" else None))
        name = name or self.name("const")
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def integers(self, *values):
        return self.constant(np.asarray(values, dtype=np.int64))

    def weights(self, *shape, fan_in=None):
        """Normally distributed values with the spread that keeps activations at their size; fan-in is all but axis 0 unless told."""
        fan_in = fan_in or int(np.prod(shape[1:]))
        return self.random.normal(0, (2 / fan_in) ** 0.5, shape).astype(np.float32)

    def bias(self, count):
        return self.random.normal(0, 0.2, count).astype(np.float32)

    def dense(self, x, inputs, outputs):
        """MatMul and Add, as Keras and scikit-learn exporters write a dense layer."""
        product = self.node("MatMul", x, self.constant(self.weights(inputs, outputs, fan_in=inputs)))
        return self.node("Add", product, self.constant(self.bias(outputs)))

    def conv(self, x, outputs, inputs, *kernel, **attributes):
        """Conv with bias; `inputs` counts the channels of one group."""
        return self.node("Conv", x, self.constant(self.weights(outputs, inputs, *kernel)), self.constant(self.bias(outputs)),
                         kernel_shape=list(kernel), **attributes)

    def batch_norm(self, x, channels, **attributes):
        r = self.random
        values = [r.uniform(-1.5, 1.5, channels), r.normal(0, 0.3, channels), r.normal(0, 0.3, channels), r.uniform(0.3, 2, channels)]
        return self.node("BatchNormalization", x, *[self.constant(v.astype(np.float32)) for v in values], **attributes)

    def model(self, inputs, outputs, opset=13, producer="zoo", kind=TensorProto.FLOAT, output_kind=TensorProto.FLOAT,
              initializers_are_inputs=False, ir_version=None):
        """The file's bytes. `inputs` and `outputs`: (name, shape); a string in a shape is a free axis."""
        declared = [helper.make_tensor_value_info(*inputs[:1], kind, inputs[1])]
        if initializers_are_inputs:
            declared += [helper.make_tensor_value_info(t.name, t.data_type, list(t.dims)) for t in self.initializers]
        graph = helper.make_graph(self.nodes, "graph", declared,
                                  [helper.make_tensor_value_info(outputs[0], output_kind, outputs[1])], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name=producer,
                                  ir_version=ir_version or (3 if opset < 9 else 4 if opset < 10 else 7))
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString()
