using System.Collections.Immutable;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>Makes a graph of sorted nodes: decides what the first axis of the input means, infers shapes, and drops what is not needed.</summary>
internal static class GraphBuilder
{
    /// <summary>Builds the graph.</summary>
    /// <exception cref="ModelFormatException">The nodes do not fit each other or the declared input and output.</exception>
    public static OnnxGraph Build(
        string file, string name, ImmutableArray<OnnxNode> sorted, ImmutableArray<OnnxTensor> initializers, ValueMessage input, ValueMessage output, OnnxLimits limits, bool mayCountSamples)
    {
        ImmutableArray<OnnxNode> nodes = NodeOrder.Reaching(sorted, output.Name);
        ImmutableArray<InputDeclaration> candidates = InputDeclaration.Candidates(file, input, limits);
        if (!mayCountSamples)
        {
            candidates = candidates[^1..];
        }

        ModelFormatException? first = null;
        foreach (InputDeclaration candidate in candidates)
        {
            try
            {
                return Build(file, name, nodes, initializers, candidate, output, limits);
            }
            catch (ModelFormatException exception) when (candidates.Length > 1)
            {
                // What is wrong when the input is read in the likeliest way says most.
                first ??= exception;
            }
        }

        throw first!;
    }

    private static OnnxGraph Build(
        string file, string name, ImmutableArray<OnnxNode> nodes, ImmutableArray<OnnxTensor> initializers, InputDeclaration input, ValueMessage output, OnnxLimits limits)
    {
        ShapeInference inference = ShapeInference.Run(nodes, initializers, input.Info, input.DeclaredBatch, limits);
        if (input.DeclaredBatch > 1)
        {
            RequireIndependentSamples(file, nodes, initializers, input, inference, limits);
        }

        ImmutableArray<OnnxNode> remaining = NodeOrder.Reaching([.. inference.Remaining], output.Name);
        if (!remaining.Any(node => node.Output == output.Name))
        {
            throw ModelFormatException.At(file, $"output '{output.Name}'", "no node makes it from the input");
        }

        OnnxTensorInfo made = inference.Tensors[output.Name];
        CheckDeclaredOutput(file, output, made, input);
        HashSet<string> used = [.. remaining.SelectMany(node => node.Inputs.Append(node.Output)), input.Info.Name];
        return new OnnxGraph(
            file, name, input.Info, made, input.HasBatchAxis, remaining,
            inference.Tensors.Values.Where(tensor => used.Contains(tensor.Name)),
            inference.Constants.Values.Where(tensor => used.Contains(tensor.Name)));
    }

    /// <summary>
    /// A file with a fixed batch of B is read for one sample only if B samples would be computed alike and apart: every activation must have B
    /// where it has 1 for one sample, on its first axis, and nothing else may change.
    /// </summary>
    private static void RequireIndependentSamples(
        string file, ImmutableArray<OnnxNode> nodes, ImmutableArray<OnnxTensor> initializers, InputDeclaration input, ShapeInference single, OnnxLimits limits)
    {
        OnnxTensorInfo whole = input.Info with { Shape = input.Info.Shape.SetItem(0, input.DeclaredBatch) };
        ShapeInference batch = ShapeInference.Run(nodes, initializers, whole, 0, limits);
        foreach (OnnxNode node in single.Remaining)
        {
            ImmutableArray<int> one = single.Tensors[node.Output].Shape;
            ImmutableArray<int> all = batch.Tensors[node.Output].Shape;
            if (one is not [1, ..] || !all.SequenceEqual(one.SetItem(0, input.DeclaredBatch)) || single.MixesFirstAxis)
            {
                throw ModelFormatException.At(file, $"input '{input.Info.Name}'", $"its first axis, of {input.DeclaredBatch}, does not count independent samples: see node '{node.Name}' ({node.OpType})");
            }
        }
    }

    private static void CheckDeclaredOutput(string file, ValueMessage output, OnnxTensorInfo made, InputDeclaration input)
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
            throw ModelFormatException.At(file, $"output '{output.Name}'", $"declared as [{shape}], but its node makes {OnnxShape.Format(made.Shape)}");
        }
    }
}
