using System.Collections.Concurrent;

namespace VerifiableML.Algebra.Fft;

/// <summary>
/// The n-th roots of unity of <see cref="Fr"/>, n a power of two up to 2^28, and the transforms between the coefficients of a polynomial of
/// degree below n and its values on them. Both are in natural order: entry i belongs to xⁱ, or to the point ωⁱ.
/// <para>Make a domain once and use it often: from its first transform on it holds tables of n roots. It may be used from several threads.</para>
/// </summary>
public sealed partial class EvaluationDomain
{
    /// <summary>The largest k for which 2^k divides r − 1.</summary>
    public const int MaximumLogSize = 28;

    private static readonly ConcurrentDictionary<int, EvaluationDomain> Kept = new();

    private readonly Lazy<TwiddleTable> _twiddles;
    private readonly Lazy<VectorTwiddles> _vectorTwiddles;
    private readonly Fr _inverseSize;

    /// <summary>Creates the domain of 2^<paramref name="logSize"/> points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field has no roots of unity of that order.</exception>
    public EvaluationDomain(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logSize, MaximumLogSize);
        LogSize = logSize;
        Generator = RootOfUnity(logSize);
        _twiddles = new Lazy<TwiddleTable>(() => new TwiddleTable(LogSize, Generator));
        _vectorTwiddles = new Lazy<VectorTwiddles>(() => new VectorTwiddles(_twiddles.Value));
        _inverseSize = Fr.FromUInt64((ulong)Size).Inverse();
    }

    /// <summary>5, the smallest generator of the multiplicative group of the field; no root of unity of order 2^k.</summary>
    public static Fr MultiplicativeGenerator => Fr.FromUInt64(5);

    /// <summary>The binary logarithm of the number of points.</summary>
    public int LogSize { get; }

    /// <summary>The number of points n.</summary>
    public int Size => 1 << LogSize;

    /// <summary>ω, a root of unity of order n: 5^((r − 1)/n), as in snarkjs, gnark and arkworks.</summary>
    public Fr Generator { get; }

    /// <summary>
    /// The domain of 2^<paramref name="logSize"/> points, made at its first use and kept for good: for sizes that come back, as those of
    /// proofs do. Its tables take 64 bytes a point.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The field has no roots of unity of that order.</exception>
    public static EvaluationDomain Shared(int logSize) => Kept.GetOrAdd(logSize, static size => new EvaluationDomain(size));

    /// <summary>The binary logarithm of a number of points.</summary>
    /// <exception cref="ArgumentException">There is no domain of so many points.</exception>
    public static int LogSizeOf(int size) => int.IsPow2(size) && size <= 1 << MaximumLogSize
        ? int.Log2(size)
        : throw new ArgumentException($"There is no domain of {size} points, only of powers of two up to 2^{MaximumLogSize}.", nameof(size));

    /// <summary>The root of unity 5^((r − 1)/2^logOrder).</summary>
    public static Fr RootOfUnity(int logOrder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logOrder, MaximumLogSize);
        return MultiplicativeGenerator.Pow((Fr.Modulus - 1) >> logOrder);
    }

    /// <summary>Replaces n coefficients by the values at ω⁰, ω¹, …</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void Transform(Memory<Fr> values)
    {
        RequireSize(values.Length);
        Radix2Transform.Run(values, _twiddles.Value);
    }

    /// <summary>Replaces the values at ω⁰, ω¹, … by the n coefficients.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void InverseTransform(Memory<Fr> values)
    {
        // The values at ω⁻ⁱ of the polynomial whose coefficients are these values, divided by n.
        Transform(values);
        values.Span[1..].Reverse();
        Scaling.ByGeometricSeries(values, _inverseSize, Fr.One);
    }

    /// <summary>Replaces n coefficients by the values at the points shift·ωⁱ.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void TransformOnCoset(Memory<Fr> values, in Fr shift)
    {
        RequireSize(values.Length);
        Scaling.ByGeometricSeries(values, Fr.One, shift);
        Transform(values);
    }

    /// <summary>Replaces the values at the points shift·ωⁱ by the n coefficients; the shift is not zero.</summary>
    /// <exception cref="ArgumentException">The number of elements is not n.</exception>
    public void InverseTransformOnCoset(Memory<Fr> values, in Fr shift)
    {
        Transform(values);
        values.Span[1..].Reverse();
        Scaling.ByGeometricSeries(values, _inverseSize, shift.Inverse());
    }

    /// <summary>xⁿ − 1, the polynomial that is zero on the whole domain.</summary>
    public Fr EvaluateVanishing(in Fr x)
    {
        Fr power = x;
        for (int i = 0; i < LogSize; i++)
        {
            power = power.Square();
        }

        return power - Fr.One;
    }

    /// <summary>
    /// The n values Lᵢ(x) of the polynomials that are one at ωⁱ and zero at the other points, so that f(x) = Σ f(ωⁱ)·Lᵢ(x).
    /// </summary>
    public Fr[] EvaluateLagrange(in Fr x)
    {
        // Lᵢ(x) = ωⁱ·(xⁿ − 1)/(n·(x − ωⁱ)), and zero over zero where x is a point of the domain.
        var values = new Fr[Size];
        Fr vanishing = EvaluateVanishing(x);
        Fr point = Fr.One;
        for (int i = 0; i < values.Length; i++, point *= Generator)
        {
            values[i] = x - point;
            if (values[i].IsZero)
            {
                Array.Clear(values);
                values[i] = Fr.One;
                return values;
            }
        }

        BatchInversion.Invert<Fr>(values);
        Scaling.ByGeometricSeries(values, vanishing * _inverseSize, Generator);
        return values;
    }

    private void RequireSize(int length)
    {
        if (length != Size)
        {
            throw new ArgumentException($"The domain has {Size} points, not {length}.");
        }
    }
}
