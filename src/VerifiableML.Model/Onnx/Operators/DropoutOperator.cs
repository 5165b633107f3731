namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Dropout</c> as it is at inference: the input. The mask output is not made.</summary>
internal sealed class DropoutOperator : ReshapingOperator
{
    /// <summary>The operator.</summary>
    public DropoutOperator()
        : base("Dropout", 1, 3, "ratio", "seed")
    {
        MostOutputs = 2;
    }

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensor? training = context.Has(2) ? context.RequireConstant(2, "training_mode") : null;
        if (training is not null && (training.IsFloat || training.Count != 1 || training.Integer(0) != 0))
        {
            throw context.Error("training mode is not supported");
        }

        return new TensorType(context.Input(0).ElementType, context.Shape(0));
    }
}
