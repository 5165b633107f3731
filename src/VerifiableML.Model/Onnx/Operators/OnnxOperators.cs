using System.Collections.Frozen;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>All supported operators.</summary>
internal static class OnnxOperators
{
    /// <summary>The operators, by name within their domain.</summary>
    public static FrozenDictionary<(string Domain, string OpType), OnnxOperator> All { get; } = new OnnxOperator[]
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

    /// <summary>The operator of a node of a checked graph.</summary>
    public static OnnxOperator Of(OnnxNode node) => All[(node.Domain, node.OpType)];
}
