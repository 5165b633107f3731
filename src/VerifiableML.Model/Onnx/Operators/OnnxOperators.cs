using System.Collections.Frozen;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>All supported operators.</summary>
internal static class OnnxOperators
{
    /// <summary>The operators that graphs are made of, by name within their domain.</summary>
    private static FrozenDictionary<(string Domain, string OpType), OnnxOperator> All { get; } = new OnnxOperator[]
    {
        new AddOperator(),
        new ArgMaxOperator(),
        new AveragePoolOperator(),
        new BatchNormalizationOperator(),
        new CastOperator(),
        new ClipOperator(),
        new ConcatOperator(),
        new ConstantOfShapeOperator(),
        new ConstantOperator(),
        new ConvOperator(),
        new DequantizeLinearOperator(),
        new DivOperator(),
        new DropoutOperator(),
        new FlattenOperator(),
        new GatherOperator(),
        new GemmOperator(),
        new GlobalAveragePoolOperator(),
        new IdentityOperator(),
        new LeakyReluOperator(),
        new LogSoftmaxOperator(),
        new MatMulOperator(),
        new MaxPoolOperator(),
        new MulOperator(),
        new PadOperator(),
        new QGemmOperator(),
        new QLinearAddOperator(),
        new QLinearConvOperator(),
        new QLinearGlobalAveragePoolOperator(),
        new QLinearMatMulOperator(),
        new QuantizeLinearOperator(),
        new ReduceMeanOperator(),
        new ReluOperator(),
        new ReshapeOperator(),
        new ShapeOperator(),
        new SigmoidOperator(),
        new SliceOperator(),
        new SoftmaxOperator(),
        new SqueezeOperator(),
        new SubOperator(),
        new TanhOperator(),
        new TransposeOperator(),
        new UnsqueezeOperator(),
    }.ToFrozenDictionary(op => (op.Domain, op.OpType));

    /// <summary>The operators that are replaced by others when a file is read, all of the standard domain.</summary>
    private static FrozenDictionary<string, CompositeOperator> Composites { get; } = new CompositeOperator[]
    {
        new GlobalMaxPoolOperator(),
        new HardSigmoidOperator(),
        new HardSwishOperator(),
        new NegOperator(),
        new PReluOperator(),
        new SumOperator(),
    }.ToFrozenDictionary(op => op.OpType);

    /// <summary>How an operator is written, or null where it is not supported.</summary>
    public static OperatorSignature? Signature(string domain, string opType) =>
        All.GetValueOrDefault((domain, opType)) ?? (OperatorSignature?)Composite(domain, opType);

    /// <summary>The operator where it is one that is replaced by others, else null.</summary>
    public static CompositeOperator? Composite(string domain, string opType) =>
        domain.Length == 0 ? Composites.GetValueOrDefault(opType) : null;

    /// <summary>The operator of a node of a checked graph.</summary>
    public static OnnxOperator Of(OnnxNode node) => All[(node.Domain, node.OpType)];
}
