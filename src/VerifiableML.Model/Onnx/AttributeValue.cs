using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>The value of a node's attribute.</summary>
public abstract record AttributeValue;

/// <summary>One integer.</summary>
/// <param name="Value">The value.</param>
public sealed record IntegerValue(long Value) : AttributeValue;

/// <summary>One float.</summary>
/// <param name="Value">The value; never NaN.</param>
public sealed record FloatValue(float Value) : AttributeValue;

/// <summary>A text.</summary>
/// <param name="Value">The value.</param>
public sealed record TextValue(string Value) : AttributeValue;

/// <summary>A list of integers.</summary>
/// <param name="Values">The values.</param>
public sealed record IntegerListValue(ImmutableArray<long> Values) : AttributeValue;

/// <summary>A list of floats.</summary>
/// <param name="Values">The values; none is NaN.</param>
public sealed record FloatListValue(ImmutableArray<float> Values) : AttributeValue;

/// <summary>A tensor.</summary>
/// <param name="Value">The value.</param>
public sealed record TensorValue(OnnxTensor Value) : AttributeValue;
