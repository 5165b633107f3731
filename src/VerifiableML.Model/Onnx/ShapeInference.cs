using System.Collections.Immutable;
using VerifiableML.Model.Onnx.Operators;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// Finds type and shape of every tensor, and computes what does not depend on the input. Works on sorted nodes whose operators are
/// supported.
/// </summary>
internal sealed class ShapeInference
{
    // A few bytes can ask for constants of any size (ConstantOfShape, repeated Concat), so beyond this many elements they may only be a
    // few times what the file itself holds.
    private const long FoldedWithoutData = 1 << 22;
    private const long FoldedPerElement = 4;

    private readonly OnnxLimits _limits;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly Dictionary<string, OnnxTensorInfo> _tensors;
    private readonly List<OnnxNode> _remaining = [];
    private readonly HashSet<string> _varying;
    private long _activationElements;
    private double _operations;
    private long _foldedElements;
    private long _fileElements;

    private ShapeInference(IEnumerable<OnnxTensor> initializers, OnnxTensorInfo input, OnnxLimits limits)
    {
        _limits = limits;
        _activationElements = input.Count;
        _varying = [input.Name];
        _constants = initializers.ToDictionary(tensor => tensor.Name);
        _fileElements = _constants.Values.Sum(tensor => (long)tensor.Count);
        _tensors = _constants.Values.Select(tensor => tensor.Info).Append(input).ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Type and shape of every tensor.</summary>
    public IReadOnlyDictionary<string, OnnxTensorInfo> Tensors => _tensors;

    /// <summary>The initializers and the constants that were computed.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Constants => _constants;

    /// <summary>The nodes that depend on the input, or that only a quantized model's importer should compute.</summary>
    public IReadOnlyList<OnnxNode> Remaining => _remaining;

    /// <summary>True for the input and what is computed from it; false for constants and dequantized weights.</summary>
    public bool DependsOnInput(string tensor) => _varying.Contains(tensor);

    /// <summary>True where some operator lets cells of different indices on axis 0 meet and keeps the shape.</summary>
    public bool MixesFirstAxis { get; private set; }

    /// <summary>Infers all shapes for an input.</summary>
    /// <param name="nodes">Nodes, each after those that it depends on.</param>
    /// <param name="initializers">The file's constants.</param>
    /// <param name="input">The input, with its shape.</param>
    /// <param name="declaredBatch">The batch size, above 1, that the file was written for where <paramref name="input"/> has a batch of
    /// 1; else 0.</param>
    /// <param name="limits">Limits.</param>
    /// <exception cref="ModelFormatException">A node does not fit its inputs, or a limit is passed.</exception>
    public static ShapeInference Run(
        ImmutableArray<OnnxNode> nodes, IEnumerable<OnnxTensor> initializers, OnnxTensorInfo input, int declaredBatch, OnnxLimits limits)
    {
        ShapeInference inference = new(initializers, input, limits);
        foreach (OnnxNode node in nodes)
        {
            OperatorContext context = new(node, name => inference._tensors[name], inference._constants.GetValueOrDefault, declaredBatch);
            try
            {
                inference.Visit(OnnxOperators.Of(node), context);
            }
            catch (OverflowException)
            {
                throw node.Error("a tensor is too large, or a constant out of range");
            }
        }

        return inference;
    }

    private void Visit(OnnxOperator op, OperatorContext context)
    {
        OnnxNode node = context.Node;
        TensorType type = op.Infer(context);
        CheckSize(node, type);
        OnnxTensor? constant = null;
        if (IsConstant(op, context))
        {
            CountConstant(node, type, isInFile: op is ConstantOperator);
            constant = op.Fold(context, type);
            CheckFinite(node, constant);
            if (constant is null && !op.StaysOnConstants)
            {
                throw node.Error("computing it from constants alone is not supported");
            }
        }

        if (constant is null && type.Shape.Contains(0))
        {
            throw node.Error($"its output '{node.Output}' {OnnxShape.Format(type.Shape)} is empty");
        }

        _tensors.Add(node.Output, new OnnxTensorInfo(node.Output, type.ElementType, type.Shape));
        if (constant is not null)
        {
            _constants.Add(node.Output, constant);
            return;
        }

        _activationElements += type.Count;
        if (_activationElements > _limits.ActivationElements)
        {
            throw node.Error($"the activations of one sample have more than {_limits.ActivationElements} elements");
        }

        _operations += op.Operations(context, type);
        if (_operations > _limits.Operations)
        {
            throw node.Error($"one sample takes more than {_limits.Operations} operations");
        }

        _remaining.Add(node);
        if (node.Inputs.Any(DependsOnInput))
        {
            _varying.Add(node.Output);
            MixesFirstAxis |= op.MixesFirstAxis(context);
        }
    }

    // An operator without inputs is a constant, and Shape is one whatever it reads.
    private static bool IsConstant(OnnxOperator op, OperatorContext context) =>
        context.InputCount == 0 || context.AllConstant || op is ShapeOperator;

    private void CheckSize(OnnxNode node, TensorType type)
    {
        if (type.Rank > OnnxLimits.GreatestRank)
        {
            throw node.Error($"its output '{node.Output}' has {type.Rank} axes, more than {OnnxLimits.GreatestRank}");
        }

        if (type.Count > _limits.TensorElements)
        {
            throw node.Error($"its output '{node.Output}' {OnnxShape.Format(type.Shape)} has more than {_limits.TensorElements} elements");
        }
    }

    private void CountConstant(OnnxNode node, TensorType type, bool isInFile)
    {
        if (isInFile)
        {
            _fileElements += type.Count;
            return;
        }

        _foldedElements += type.Count;
        long limit = Math.Min(_limits.FoldedElements, FoldedWithoutData + (FoldedPerElement * _fileElements));
        if (_foldedElements > limit)
        {
            throw node.Error($"computing constants makes more than {limit} elements");
        }
    }

    private static void CheckFinite(OnnxNode node, OnnxTensor? constant)
    {
        if (constant is { IsFloat: true })
        {
            foreach (float value in constant.Floats)
            {
                if (!float.IsFinite(value))
                {
                    throw node.Error($"its output '{node.Output}', a constant, is NaN or infinite");
                }
            }
        }
    }
}
