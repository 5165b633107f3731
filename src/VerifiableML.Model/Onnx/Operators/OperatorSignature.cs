using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>How an operator is written in model files.</summary>
/// <param name="opType">Its name in model files.</param>
/// <param name="leastInputs">Inputs that must be there.</param>
/// <param name="mostInputs">Inputs that may be there.</param>
/// <param name="attributes">Attributes that are understood. Any other may change the meaning, so it is refused.</param>
internal abstract class OperatorSignature(string opType, int leastInputs, int mostInputs, ImmutableArray<string> attributes)
{
    /// <summary>The operator's name in model files.</summary>
    public string OpType { get; } = opType;

    /// <summary>Operator domain; empty for the standard one.</summary>
    public string Domain { get; protected init; } = "";

    /// <summary>Number of inputs that must be there.</summary>
    public int LeastInputs { get; } = leastInputs;

    /// <summary>Number of inputs that may be there.</summary>
    public int MostInputs { get; } = mostInputs;

    /// <summary>Outputs that the format knows. Only the first can be used.</summary>
    public int MostOutputs { get; protected init; } = 1;

    /// <summary>Attributes that are understood.</summary>
    public ImmutableArray<string> Attributes { get; } = attributes;
}
