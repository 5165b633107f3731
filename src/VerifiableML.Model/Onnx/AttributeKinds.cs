using System.Collections.Frozen;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// The kind of value that each attribute has. One table for all operators, because the format gives a name the same kind everywhere,
/// but for
/// <c>value</c>: a tensor where constants are made, a number in <c>Pad</c>.
/// </summary>
internal static class AttributeKinds
{
    private static readonly FrozenDictionary<string, Type> Kinds = new (Type Kind, string[] Names)[]
    {
        (typeof(IntegerValue),
            [
                "allowzero", "axis", "block_size", "ceil_mode", "channels_last", "count_include_pad", "end", "group", "keepdims",
                "noop_with_empty_axes", "output_dtype", "precision", "saturate", "seed", "select_last_index", "spatial", "start",
                "storage_order", "to", "training_mode", "transA", "transB", "value_int",
            ]),
        (typeof(FloatValue), ["alpha", "beta", "epsilon", "max", "min", "momentum", "ratio", "value_float"]),
        (typeof(TextValue), ["auto_pad", "mode", "round_mode"]),
        (typeof(IntegerListValue), ["axes", "dilations", "ends", "kernel_shape", "pads", "perm", "starts", "strides", "value_ints"]),
        (typeof(FloatListValue), ["value_floats"]),
    }.SelectMany(entry => entry.Names, (entry, name) => (entry.Kind, name)).ToFrozenDictionary(entry => entry.name, entry => entry.Kind);

    /// <summary>True where an attribute of this name may have this value.</summary>
    public static bool Fit(string name, AttributeValue value) =>
        name == "value" ? value is TensorValue or FloatValue : Kinds.TryGetValue(name, out Type? kind) && kind == value.GetType();
}
