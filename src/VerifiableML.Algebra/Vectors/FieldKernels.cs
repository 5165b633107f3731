namespace VerifiableML.Algebra.Vectors;

/// <summary>Chooses the fastest kernels that this machine can run.</summary>
public static class FieldKernels
{
    /// <summary>The fastest implementation here; chosen once, when first asked for.</summary>
    public static IFieldKernels Best { get; } =
        VectorFieldKernels.IsSupported ? new VectorFieldKernels() : new ReferenceFieldKernels();
}
