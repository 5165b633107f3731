using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>A node and what is known of its inputs.</summary>
/// <param name="node">The node.</param>
/// <param name="tensor">Type and shape of a tensor by name.</param>
/// <param name="constant">Values of a tensor by name, or null where they depend on the model's input.</param>
/// <param name="declaredBatch">The extent above 1 that the file gives to the batch axis, or 0.</param>
internal sealed class OperatorContext(
    OnnxNode node, Func<string, OnnxTensorInfo> tensor, Func<string, OnnxTensor?> constant, int declaredBatch = 0)
{
    /// <summary>The node.</summary>
    public OnnxNode Node => node;

    /// <summary>
    /// The extent above 1 that the file gives to the batch axis, which is 1 here: shapes written into the file may contain it. 0 for none.
    /// </summary>
    public int DeclaredBatch => declaredBatch;

    /// <summary>Number of inputs, absent ones among them.</summary>
    public int InputCount => node.Inputs.Length;

    /// <summary>True where all inputs are constants (and there is at least one).</summary>
    public bool AllConstant => InputCount > 0 && node.Inputs.All(name => name.Length == 0 || constant(name) is not null);

    /// <summary>True where input <paramref name="index"/> is there.</summary>
    public bool Has(int index) => node.HasInput(index);

    /// <summary>Type and shape of input <paramref name="index"/>.</summary>
    public OnnxTensorInfo Input(int index) => Has(index) ? tensor(node.Inputs[index]) : throw Error($"input {index} is missing");

    /// <summary>Shape of input <paramref name="index"/>.</summary>
    public ImmutableArray<int> Shape(int index) => Input(index).Shape;

    /// <summary>Values of input <paramref name="index"/>, or null where it is absent or depends on the model's input.</summary>
    public OnnxTensor? Constant(int index) => Has(index) ? constant(node.Inputs[index]) : null;

    /// <summary>Values of input <paramref name="index"/>.</summary>
    /// <exception cref="ModelFormatException">The input is absent or depends on the model's input.</exception>
    public OnnxTensor RequireConstant(int index, string what)
    {
        OnnxTensorInfo info = Input(index);
        return constant(info.Name) ?? throw Error($"{what}, tensor '{info.Name}', must be a constant");
    }

    /// <summary>Integers of the constant input <paramref name="index"/>, a scalar or vector.</summary>
    public ImmutableArray<long> RequireIntegers(int index, string what)
    {
        OnnxTensor values = RequireConstant(index, what);
        if (values.IsFloat || values.Shape.Length > 1 || values.Count > OnnxLimits.GreatestList)
        {
            throw Error($"{what} must be a vector of at most {OnnxLimits.GreatestList} integers and is {values.Info}");
        }

        return [.. values.ToIntegers()];
    }

    /// <summary>
    /// A list of integers that is an attribute in old operator sets and an input in newer ones, or null where it is absent.
    /// </summary>
    public ImmutableArray<long>? IntegersFromAttributeOrInput(string attribute, int index) =>
        Has(index) ? RequireIntegers(index, attribute) : node.Integers(attribute);

    /// <summary>An axis number counted from the front, from one that may be negative.</summary>
    /// <exception cref="ModelFormatException">The axis is outside −rank … rank − 1.</exception>
    public int Axis(long axis, int rank)
    {
        if (axis < -rank || axis >= rank)
        {
            throw Error($"axis {axis} is outside a tensor of {rank} axes");
        }

        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>Axis numbers counted from the front, in rising order, without repetition.</summary>
    public ImmutableArray<int> Axes(ImmutableArray<long> axes, int rank)
    {
        ImmutableArray<int> result = [.. axes.Select(axis => Axis(axis, rank)).Order()];
        if (result.Distinct().Count() != result.Length)
        {
            throw Error("an axis is named twice");
        }

        return result;
    }

    /// <summary>Refuses inputs that are not floats.</summary>
    public void RequireFloats(params ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            if (Has(index) && Input(index).ElementType != OnnxElementType.Float)
            {
                throw Error($"input '{Input(index).Name}' must hold floats and holds {Input(index).ElementType}");
            }
        }
    }

    /// <summary>An error about this node.</summary>
    public ModelFormatException Error(string cause) => node.Error(cause);
}
