using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Fft;

/// <content>The same transforms of slices, with vector arithmetic where the machine has it.</content>
public sealed partial class EvaluationDomain
{
    /// <summary>Replaces n coefficients by the values at ω⁰, ω¹, …</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void Transform(FrSlice values)
    {
        RequireSize(values.Length);
        if (VectorTransform.IsSupported && LogSize >= VectorTransform.MinimumLogSize)
        {
            VectorTransform.Run(values, _vectorTwiddles.Value);
            return;
        }

        Fr[] elements = values.ToArray();
        Radix2Transform.Run(elements, _twiddles.Value);
        values.CopyFrom(elements);
    }

    /// <summary>Replaces the values at ω⁰, ω¹, … by the n coefficients.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void InverseTransform(FrSlice values)
    {
        Transform(values);
        ReverseAfterFirst(values);
        SliceScaling.ByGeometricSeries(values, _inverseSize, Fr.One);
    }

    /// <summary>Replaces n coefficients by the values at the points shift·ωⁱ.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void TransformOnCoset(FrSlice values, in Fr shift)
    {
        RequireSize(values.Length);
        SliceScaling.ByGeometricSeries(values, Fr.One, shift);
        Transform(values);
    }

    /// <summary>Replaces the values at the points shift·ωⁱ by the n coefficients; the shift is not zero.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void InverseTransformOnCoset(FrSlice values, in Fr shift)
    {
        Transform(values);
        ReverseAfterFirst(values);
        SliceScaling.ByGeometricSeries(values, _inverseSize, shift.Inverse());
    }

    /// <summary>
    /// Replaces the values at ω⁰, ω¹, … by those of the same polynomial at the points shift·ωⁱ: <see cref="InverseTransform(FrSlice)"/> and
    /// <see cref="TransformOnCoset(FrSlice, in Fr)"/> with one pass of scaling for both.
    /// </summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void MoveToCoset(FrSlice values, in Fr shift)
    {
        Transform(values);
        ReverseAfterFirst(values);
        SliceScaling.ByGeometricSeries(values, _inverseSize, shift);
        Transform(values);
    }

    private static void ReverseAfterFirst(FrSlice values)
    {
        for (int plane = 0; plane < 4; plane++)
        {
            values.Plane(plane)[1..].Reverse();
        }
    }
}
