using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;

namespace VerifiableML.Model.Float;

/// <summary>A graph made ready to run: every node's kernel, and where its operands are kept.</summary>
internal sealed class FloatPlan
{
    private readonly ImmutableArray<Step> _steps;
    private readonly Dictionary<string, float[]> _fixed = [];

    /// <summary>
    /// Compiles a graph. What depends on constants alone (the weights of an imported quantized model) is computed here, once.
    /// </summary>
    public FloatPlan(OnnxGraph graph)
    {
        Graph = graph;
        foreach (OnnxTensor constant in graph.Constants)
        {
            _fixed.Add(constant.Name, constant.AsFloats());
        }

        FloatScratch scratch = new();
        ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
        foreach (OnnxNode node in graph.Nodes)
        {
            OnnxTensorInfo output = graph.Tensor(node.Output);
            FloatKernel kernel = OnnxOperators.Of(node).Compile(graph.Context(node), new TensorType(output.ElementType, output.Shape));
            if (node.Inputs.All(tensor => tensor.Length == 0 || _fixed.ContainsKey(tensor)))
            {
                float[] values = new float[output.Count];
                kernel(new FloatOperands([.. node.Inputs.Select(tensor => tensor.Length == 0 ? [] : _fixed[tensor])], values, scratch));
                _fixed.Add(node.Output, values);
            }
            else
            {
                steps.Add(new Step(node, kernel));
            }
        }

        _steps = steps.ToImmutable();
    }

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>Memory for one execution at a time.</summary>
    public Workspace CreateWorkspace() => new(this);

    /// <summary>One node that is computed for each sample.</summary>
    private sealed record Step(OnnxNode Node, FloatKernel Kernel);

    /// <summary>The tensors of one execution, used again for the next.</summary>
    internal sealed class Workspace
    {
        private readonly FloatPlan _plan;
        private readonly FloatScratch _scratch = new();
        private readonly ImmutableArray<float[][]> _operands;
        private readonly Dictionary<string, FloatTensor> _tensors = [];

        /// <summary>Allocates every activation of <paramref name="plan"/>.</summary>
        public Workspace(FloatPlan plan)
        {
            _plan = plan;
            OnnxGraph graph = plan.Graph;
            _tensors.Add(graph.Input.Name, new FloatTensor(graph.Input.Shape));
            foreach ((string name, float[] values) in plan._fixed)
            {
                _tensors.Add(name, new FloatTensor(graph.Shape(name), values));
            }

            foreach (Step step in plan._steps)
            {
                _tensors.Add(step.Node.Output, new FloatTensor(graph.Shape(step.Node.Output)));
            }

            _operands = [.. plan._steps.Select(step => step.Node.Inputs.Select(Values).ToArray())];
            Trace = new FloatTrace(graph, _tensors);
        }

        private float[] Values(string name) => name.Length == 0 ? [] : _tensors[name].Data;

        /// <summary>The tensors of the latest execution.</summary>
        public FloatTrace Trace { get; }

        /// <summary>Runs one sample.</summary>
        /// <exception cref="ModelFormatException">A tensor has become NaN or infinite.</exception>
        public void Run(ReadOnlySpan<float> sample)
        {
            sample.CopyTo(_tensors[_plan.Graph.Input.Name].Data);
            for (int i = 0; i < _plan._steps.Length; i++)
            {
                Step step = _plan._steps[i];
                float[] output = _tensors[step.Node.Output].Data;
                step.Kernel(new FloatOperands(_operands[i], output, _scratch));
                if (FiniteValues.IndexOfOther(output) is int bad and >= 0)
                {
                    throw step.Node.Error($"element {bad} of its output '{step.Node.Output}' is {output[bad]}: too large for floats");
                }
            }
        }
    }
}
