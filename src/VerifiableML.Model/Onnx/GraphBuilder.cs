using System.Collections.Immutable;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// Makes a graph of sorted nodes: decides what the first axis of the input means, infers shapes, and drops what is not needed.
/// </summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="sorted">Nodes, each after those that it depends on.</param>
/// <param name="initializers">The file's constants.</param>
/// <param name="output">The declared output.</param>
/// <param name="limits">Limits.</param>
internal sealed class GraphBuilder(
    string file, ImmutableArray<OnnxNode> sorted, ImmutableArray<OnnxTensor> initializers, ValueMessage output, OnnxLimits limits)
{
    private readonly ImmutableArray<OnnxNode> _nodes = NodeOrder.Reaching(sorted, output.Name);

    /// <summary>Builds the graph, with the first way to read the input that fits.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="candidates">Ways to read the declared input, the likeliest first.</param>
    /// <exception cref="ModelFormatException">The nodes do not fit each other or the declared input and output.</exception>
    public OnnxGraph Build(string name, ImmutableArray<InputDeclaration> candidates)
    {
        ModelFormatException? first = null;
        foreach (InputDeclaration candidate in candidates)
        {
            try
            {
                return Build(name, candidate);
            }
            catch (ModelFormatException exception) when (candidates.Length > 1)
            {
                // What is wrong when the input is read in the likeliest way says most.
                first ??= exception;
            }
        }

        throw first!;
    }

    private OnnxGraph Build(string name, InputDeclaration input)
    {
        ShapeInference inference = ShapeInference.Run(_nodes, initializers, input.Info, input.DeclaredBatch, limits);
        if (input.DeclaredBatch > 1)
        {
            RequireIndependentSamples(input, inference);
        }

        ImmutableArray<OnnxNode> remaining = NodeOrder.Reaching([.. inference.Remaining], output.Name);
        if (output.Name == input.Info.Name || !inference.DependsOnInput(output.Name))
        {
            throw Error($"output '{output.Name}'", "no node makes it from the input");
        }

        OnnxTensorInfo made = inference.Tensors[output.Name];
        CheckDeclaredOutput(made, input);
        HashSet<string> used = [.. remaining.SelectMany(node => node.Inputs.Append(node.Output)), input.Info.Name];
        return new OnnxGraph(
            file,
            name,
            input.Info,
            made,
            input.HasBatchAxis,
            remaining,
            inference.Tensors.Values.Where(tensor => used.Contains(tensor.Name)),
            inference.Constants.Values.Where(tensor => used.Contains(tensor.Name)));
    }

    /// <summary>
    /// A file with a fixed batch of B is read for one sample only if B samples would be computed alike and apart: every activation must
    /// have B where it has 1 for one sample, on its first axis, and nothing else may change.
    /// </summary>
    private void RequireIndependentSamples(InputDeclaration input, ShapeInference single)
    {
        OnnxTensorInfo whole = input.Info with { Shape = input.Info.Shape.SetItem(0, input.DeclaredBatch) };
        ShapeInference batch = ShapeInference.Run(_nodes, initializers, whole, 0, limits);
        foreach (OnnxNode node in single.Remaining.Where(node => single.DependsOnInput(node.Output)))
        {
            ImmutableArray<int> one = single.Tensors[node.Output].Shape;
            ImmutableArray<int> all = batch.Tensors[node.Output].Shape;
            if (one is not [1, ..] || !all.SequenceEqual(one.SetItem(0, input.DeclaredBatch)) || single.MixesFirstAxis)
            {
                throw Error(
                    $"input '{input.Info.Name}'",
                    $"its first axis, of {input.DeclaredBatch}, does not count independent samples: see {node}");
            }
        }
    }

    private void CheckDeclaredOutput(OnnxTensorInfo made, InputDeclaration input)
    {
        if (output.Type?.TensorType?.Shape is not { } declared)
        {
            return;
        }

        bool fits = declared.Dim.Count == made.Rank;
        for (int axis = 0; fits && axis < made.Rank; axis++)
        {
            // Names of extents, and placeholders, promise nothing; the batch axis is 1 here whatever the file says.
            long extent = declared.Dim[axis].DimValue;
            fits = extent <= 0 || extent == made.Shape[axis] || (axis == 0 && input.HasBatchAxis);
        }

        if (!fits)
        {
            string shape = string.Join(", ", declared.Dim.Select(dimension => dimension.DimValue));
            throw Error($"output '{output.Name}'", $"declared as [{shape}], but its node makes {OnnxShape.Format(made.Shape)}");
        }
    }

    private ModelFormatException Error(string place, string cause) => ModelFormatException.At(file, place, cause);
}
