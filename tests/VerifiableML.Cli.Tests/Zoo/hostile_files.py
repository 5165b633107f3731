"""
Files that must be refused with a clear message: unsupported, malformed and hostile ONNX. hostile.json tells for each why, and which words the
message must hold: of every inner list at least one, whatever the case of letters. A file with mayPass may be read as well.
"""

import json
import shutil

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def sound_model():
    """A model with nothing wrong: picture, Conv, Relu, Flatten, Gemm, scores. The cases below spoil one thing each."""
    random = np.random.default_rng(300)

    def tensor(name, *shape):
        return numpy_helper.from_array(random.normal(size=shape).astype(np.float32), name)

    nodes = [
        helper.make_node("Conv", ["picture", "conv_w", "conv_b"], ["conv_out"], name="conv_node", kernel_shape=[3, 3], strides=[1, 1]),
        helper.make_node("Relu", ["conv_out"], ["relu_out"], name="relu_node"),
        helper.make_node("Flatten", ["relu_out"], ["flat_out"], name="flat_node"),
        helper.make_node("Gemm", ["flat_out", "dense_w", "dense_b"], ["scores"], name="dense_node"),
    ]
    graph = helper.make_graph(
        nodes, "graph", [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["n", 1, 6, 6])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 3])],
        [tensor("conv_w", 2, 1, 3, 3), tensor("conv_b", 2), tensor("dense_w", 32, 3), tensor("dense_b", 3)])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7, producer_name="hostile")


def weight(model, name):
    return next(t for t in model.graph.initializer if t.name == name)


def set_weights(model, name, value):
    weight(model, name).CopyFrom(numpy_helper.from_array(value, name))


def node(model, name):
    return next(n for n in model.graph.node if n.name == name)


def set_attribute(target, name, value):
    kept = [a for a in target.attribute if a.name != name]
    del target.attribute[:]
    target.attribute.extend(kept + [helper.make_attribute(name, value)])


def insert_after_relu(model, kind, inputs=(), name="added_node", domain="", **attributes):
    """Puts a node between relu_node and flat_node."""
    model.graph.node.insert(2, helper.make_node(kind, ["relu_out", *inputs], ["added_out"], name=name, domain=domain, **attributes))
    node(model, "flat_node").input[0] = "added_out"


# Each case: file name, why it must be refused, words, and what spoils the sound model.

def unsupported_lstm(m):
    insert_after_relu(m, "LSTM", ["conv_w", "conv_w"], name="lstm_node", hidden_size=2)


def unsupported_domain(m):
    m.opset_import.append(helper.make_opsetid("com.example", 1))
    insert_after_relu(m, "FancyGate", name="fancy_node", domain="com.example")


def control_characters(m):
    insert_after_relu(m, "Nope\r\naccepted: all is well", name="evil\n\x1b[31mnode")


def nan_weights(m):
    value = numpy_helper.to_array(weight(m, "conv_w")).copy()
    value[1, 0, 2, 1] = np.nan
    set_weights(m, "conv_w", value)


def infinite_bias(m):
    set_weights(m, "dense_b", np.float32([1, np.inf, 0]))


def cycle(m):
    node(m, "conv_node").input[0] = "relu_out"


def channel_mismatch(m):
    set_weights(m, "conv_w", np.ones((2, 3, 3, 3), np.float32))


def dense_mismatch(m):
    set_weights(m, "dense_w", np.ones((31, 3), np.float32))


def external(location):
    def spoil(m):
        target = weight(m, "conv_w")
        target.ClearField("raw_data")
        target.data_location = TensorProto.EXTERNAL
        for key, value in [("location", location), ("offset", "0"), ("length", "72")]:
            entry = target.external_data.add()
            entry.key, entry.value = key, value
    return spoil


def dims(*extents, keep_data=False):
    def spoil(m):
        target = weight(m, "conv_w")
        if not keep_data:
            target.raw_data = b""
        del target.dims[:]
        target.dims.extend(extents)
    return spoil


def missing_tensor(m):
    node(m, "relu_node").input[0] = "ghost_tensor"


def made_twice(m):
    node(m, "conv_node").output[0] = "twice_made"
    node(m, "relu_node").input[0] = "twice_made"
    node(m, "relu_node").output[0] = "twice_made"
    node(m, "flat_node").input[0] = "twice_made"


def output_nowhere(m):
    m.graph.output[0].name = "nowhere_made"


def no_output(m):
    del m.graph.output[:]


def no_nodes(m):
    del m.graph.node[:]


def two_inputs(m):
    m.graph.input.append(helper.make_tensor_value_info("second_picture", TensorProto.FLOAT, ["n", 2, 4, 4]))
    insert_after_relu(m, "Add", ["second_picture"])


def picture(*extents):
    def spoil(m):
        m.graph.input[0].CopyFrom(helper.make_tensor_value_info("picture", TensorProto.FLOAT, list(extents)))
    return spoil


def conv_attribute(name, value):
    return lambda m: set_attribute(node(m, "conv_node"), name, value)


def impossible_reshape(m):
    m.graph.initializer.append(numpy_helper.from_array(np.int64([1, 7, -1]), "shape_values"))
    insert_after_relu(m, "Reshape", ["shape_values"], name="reshape_node")


def future_opset(m):
    m.opset_import[0].version = 999


def zero_scale(m):
    m.graph.initializer.append(numpy_helper.from_array(np.float32(0), "step_zero"))
    m.graph.initializer.append(numpy_helper.from_array(np.uint8(0), "point_zero"))
    insert_after_relu(m, "QuantizeLinear", ["step_zero", "point_zero"], name="quantize_node")
    m.graph.node.insert(3, helper.make_node("DequantizeLinear", ["added_out", "step_zero", "point_zero"], ["real_out"], name="real_node"))
    node(m, "flat_node").input[0] = "real_out"


def string_weights(m):
    weight(m, "dense_b").CopyFrom(helper.make_tensor("dense_b", TensorProto.STRING, [3], [b"a", b"b", b"c"]))


def bad_concat(m):
    insert_after_relu(m, "Concat", ["relu_out"], name="concat_node", axis=9)


def bad_transpose(m):
    insert_after_relu(m, "Transpose", name="transpose_node", perm=[0, 1, 1, 3])


def constant_bomb(m):
    m.graph.initializer.append(numpy_helper.from_array(np.int64([1 << 17, 1 << 17]), "bomb_shape"))
    m.graph.node.insert(0, helper.make_node("ConstantOfShape", ["bomb_shape"], ["bomb_out"], name="bomb_node"))
    insert_after_relu(m, "Add", ["bomb_out"])


def doubling_bomb(m):
    last = "conv_b"
    for i in range(60):
        m.graph.node.insert(i, helper.make_node("Concat", [last, last], [f"double_{i}"], name=f"double_node_{i}", axis=0))
        last = f"double_{i}"
    insert_after_relu(m, "Add", [last])


CASES = [
    ("unsupported_lstm", "operator not supported", [["LSTM"], ["lstm_node"]], unsupported_lstm),
    ("unsupported_domain", "operator of a domain nobody knows", [["FancyGate"], ["fancy_node"]], unsupported_domain),
    ("control_characters", "line breaks and terminal escapes in names: the message stays one harmless line", [["Nope"]], control_characters),
    ("nan_weights", "NaN among the weights", [["conv_w"]], nan_weights),
    ("infinite_bias", "infinity in a bias", [["dense_b"]], infinite_bias),
    ("cycle", "two nodes wait for each other", [["conv_node", "relu_node", "relu_out", "conv_out", "cycle"]], cycle),
    ("channel_mismatch", "weights for three channels, input of one", [["conv_node"]], channel_mismatch),
    ("dense_mismatch", "31 rows of weights for 32 values", [["dense_node"]], dense_mismatch),
    ("external_data", "weights in another file", [["conv_w"], ["external"]], external("weights.bin")),
    ("external_escape", "weights in a file outside the model's folder", [["conv_w"], ["external"]], external("../../../../../etc/passwd")),
    ("huge_tensor", "2^40 elements and no data", [["conv_w"]], dims(1 << 40)),
    ("wrapping_dims", "extents whose product is 0 modulo 2^64", [["conv_w"]], dims(1 << 32, 1 << 32)),
    ("negative_dims", "an extent of −2", [["conv_w"]], dims(-2, -1, 3, 3)),
    ("short_data", "more elements than bytes for them", [["conv_w"]], dims(4, 1, 3, 3, keep_data=True)),
    ("missing_tensor", "a node reads what nothing makes", [["ghost_tensor"]], missing_tensor),
    ("made_twice", "two nodes make one tensor", [["twice_made"]], made_twice),
    ("output_nowhere", "the output is made by nothing", [["nowhere_made"]], output_nowhere),
    ("no_output", "no output", [["output"]], no_output),
    ("no_nodes", "an output and no nodes", [["scores", "node"]], no_nodes),
    ("two_inputs", "two inputs", [["input"]], two_inputs),
    ("free_image", "height and width unknown", [["picture", "conv_node"]], picture("n", 1, "h", "w")),
    ("huge_image", "an image of 2^32 pixels", [["picture", "conv_node", "dense_node", "conv_out"]], picture("n", 1, 1 << 16, 1 << 16)),
    ("negative_image", "an image of −6 rows", [["picture", "conv_node"]], picture("n", 1, -6, 6)),
    ("zero_image", "an image without rows", [["picture", "conv_node"]], picture("n", 1, 0, 6)),
    ("stride_zero", "stride 0", [["conv_node"]], conv_attribute("strides", [0, 1])),
    ("group_zero", "group 0", [["conv_node"]], conv_attribute("group", 0)),
    ("dilation_huge", "a window far larger than the image", [["conv_node"]], conv_attribute("dilations", [1 << 62, 1 << 62])),
    ("pads_huge", "padding of 2^40", [["conv_node"]], conv_attribute("pads", [1 << 40] * 4)),
    ("pads_short", "two paddings for a plane", [["conv_node"]], conv_attribute("pads", [1, 1])),
    ("strides_text", "an attribute of another type", [["conv_node"]], conv_attribute("strides", "two")),
    ("kernel_disagrees", "kernel_shape differs from the weights", [["conv_node"]], conv_attribute("kernel_shape", [5, 5])),
    ("impossible_reshape", "32 values into rows of 7", [["reshape_node"]], impossible_reshape),
    ("future_opset", "operator set 999", [["opset", "operator set", "version"]], future_opset),
    ("zero_scale", "quantization with scale 0", [["step_zero", "quantize_node", "real_node"]], zero_scale),
    ("string_weights", "text for a bias", [["dense_b"]], string_weights),
    ("bad_concat", "an axis that does not exist", [["concat_node"]], bad_concat),
    ("bad_transpose", "an axis twice", [["transpose_node"]], bad_transpose),
    ("constant_bomb", "100 bytes that ask for 64 GiB of constants", [["bomb_node", "bomb_out"]], constant_bomb),
    ("doubling_bomb", "constants doubled sixty times", [["double"]], doubling_bomb),
]


# Damaged, but the damage need not matter: names are only compared.
MAY_PASS = {"bad_utf8"}


def length_delimited(field, payload):
    """One protobuf field of wire type 2."""
    size, count = len(payload), bytearray()
    while size > 127:
        count.append(size & 127 | 128)
        size >>= 7
    return bytes([field << 3 | 2]) + bytes(count) + bytes([size]) + payload


def nested_graphs(depth=3000):
    """A graph in an attribute of a node in a graph in an attribute …: each level encloses the last."""
    graph = length_delimited(2, b"inner")
    for _ in range(depth):
        attribute = length_delimited(1, b"then_branch") + length_delimited(6, graph)
        graph = length_delimited(1, length_delimited(4, b"If") + length_delimited(5, attribute))
    return length_delimited(7, graph)


def raw_cases():
    """Files that no protobuf library would write: (name, why, words, bytes)."""
    sound = sound_model().SerializeToString()
    return [
        ("empty", "no bytes", [], b""),
        ("truncated", "the last third is missing", [], sound[: len(sound) * 2 // 3]),
        ("trailing_garbage", "bytes that are no field after the model", [], sound + b"\xff" * 64),
        ("text", "not protobuf", [], b"<!DOCTYPE html>\n<html><body>404: model not found</body></html>\n"),
        ("random", "random bytes", [], np.random.default_rng(301).bytes(3000)),
        ("bad_utf8", "a name that is not UTF-8", [], sound.replace(b"picture", b"pict\xff\xfee")),
        ("length_lie", "a field that claims 2^31 − 1 bytes", [], b"\x3a\xff\xff\xff\xff\x07" + sound[:200]),
        ("nested_graphs", "graphs nested 3,000 deep", [], nested_graphs()),
        ("nested_groups", "100,000 opened groups", [], b"\x0b" * 100_000),
        ("flipped_bits", "the wire types of the first fields damaged", [], bytes(b ^ 5 if i < 40 else b for i, b in enumerate(sound))),
    ]


def write(folder, manifest):
    """Writes all files and the manifest; returns how many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    files = []
    for name, why, words, spoil in CASES:
        model = sound_model()
        spoil(model)
        files.append((name, why, words, model.SerializeToString()))
    files += raw_cases()
    for name, _, _, data in files:
        (folder / f"{name}.onnx").write_bytes(data)
    entries = [json.dumps({"name": name, "why": why, "words": words, "mayPass": name in MAY_PASS}, ensure_ascii=False) for name, why, words, _ in files]
    manifest.write_text("[\n" + ",\n".join("  " + e for e in entries) + "\n]\n", encoding="utf-8")
    return len(files)
