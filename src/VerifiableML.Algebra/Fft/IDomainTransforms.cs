using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Fft;

/// <summary>
/// The transforms of <see cref="EvaluationDomain"/>, on the host or on a device. The domain is that of as many points as there are values, a power of
/// two. Every implementation gives the same bits.
/// </summary>
public interface IDomainTransforms
{
    /// <summary>Replaces n coefficients by the values at ω⁰, ω¹, …</summary>
    /// <exception cref="ArgumentException">The number of elements is no power of two, or there are no roots of unity of that order.</exception>
    /// <exception cref="DeviceFailureException">The device failed.</exception>
    void Transform(FrSlice values);

    /// <summary>Replaces the values at ω⁰, ω¹, … by the n coefficients.</summary>
    /// <inheritdoc cref="Transform"/>
    void InverseTransform(FrSlice values);

    /// <summary>Replaces n coefficients by the values at the points shift·ωⁱ.</summary>
    /// <inheritdoc cref="Transform"/>
    void TransformOnCoset(FrSlice values, Fr shift);

    /// <summary>Replaces the values at the points shift·ωⁱ by the n coefficients; the shift is not zero.</summary>
    /// <inheritdoc cref="Transform"/>
    void InverseTransformOnCoset(FrSlice values, Fr shift);

    /// <summary>Replaces the values at ω⁰, ω¹, … by those of the same polynomial at the points shift·ωⁱ.</summary>
    /// <inheritdoc cref="Transform"/>
    void MoveToCoset(FrSlice values, Fr shift);
}

/// <summary>The transforms on the host's cores, with domains that are made once for each size.</summary>
public sealed class HostTransforms : IDomainTransforms
{
    /// <inheritdoc/>
    public void Transform(FrSlice values) => Domain(values).Transform(values);

    /// <inheritdoc/>
    public void InverseTransform(FrSlice values) => Domain(values).InverseTransform(values);

    /// <inheritdoc/>
    public void TransformOnCoset(FrSlice values, Fr shift) => Domain(values).TransformOnCoset(values, shift);

    /// <inheritdoc/>
    public void InverseTransformOnCoset(FrSlice values, Fr shift) => Domain(values).InverseTransformOnCoset(values, shift);

    /// <inheritdoc/>
    public void MoveToCoset(FrSlice values, Fr shift) => Domain(values).MoveToCoset(values, shift);

    private static EvaluationDomain Domain(FrSlice values) => EvaluationDomain.Shared(EvaluationDomain.LogSizeOf(values.Length));
}
