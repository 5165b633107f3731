using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>Computes a node all of whose inputs are constants by its floating-point kernel.</summary>
internal static class FloatFolding
{
    /// <summary>The output of <paramref name="op"/>, or null where an input is no constant.</summary>
    public static OnnxTensor? Fold(OnnxOperator op, OperatorContext context, TensorType output)
    {
        if (!context.AllConstant)
        {
            return null;
        }

        float[][] inputs = [.. Enumerable.Range(0, context.InputCount).Select(i => context.Constant(i)?.AsFloats() ?? [])];
        float[] values = new float[output.Count];
        op.Compile(context, output)(new FloatOperands(inputs, values, new FloatScratch()));
        return new OnnxTensor(context.Node.Output, output.Shape, values);
    }
}
