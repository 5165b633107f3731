using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover.Stages;

/// <summary>The coefficients of a round polynomial, up to degree 3.</summary>
/// <param name="Constant">Coefficient of 1.</param>
/// <param name="Linear">Coefficient of X.</param>
/// <param name="Quadratic">Coefficient of X².</param>
/// <param name="Cubic">Coefficient of X³.</param>
internal readonly record struct RoundPolynomial(Fr Constant, Fr Linear, Fr Quadratic, Fr Cubic)
{
    public Fr Evaluate(Fr x) => (((((Cubic * x) + Quadratic) * x) + Linear) * x) + Constant;

    public static RoundPolynomial operator +(RoundPolynomial a, RoundPolynomial b) =>
        new(a.Constant + b.Constant, a.Linear + b.Linear, a.Quadratic + b.Quadratic, a.Cubic + b.Cubic);

    public RoundPolynomial Scale(Fr s) => new(Constant * s, Linear * s, Quadratic * s, Cubic * s);
}

/// <summary>
/// One statement <c>Σ_x f(x) g(x) = Value</c>, or <c>Σ_x eq(w, x) f(x) g(x) = Value</c> with w over a suffix of the variables, as its prover holds it:
/// tables that shrink by half each round. Owns its vectors.
/// </summary>
internal sealed class SumcheckInstance : IDisposable
{
    private readonly IFieldKernels _kernels;
    private readonly FrVector _left;
    private readonly FrVector _right;
    private readonly FrVector? _weights;
    private readonly Fr[] _weightPoint;
    private Fr _value;
    private Fr _bound = Fr.One;
    private int _length;
    private RoundPolynomial _inner;

    /// <summary>An instance over vectors of one length, a power of two.</summary>
    public SumcheckInstance(IFieldKernels kernels, FrVector left, FrVector right, Fr value, ReadOnlySpan<Fr> weightPoint = default)
    {
        _kernels = kernels;
        _left = left;
        _right = right;
        _value = value;
        _length = left.Length;
        _weightPoint = weightPoint.ToArray();
        if (weightPoint.Length > 0)
        {
            // Constant in the leading variables: the suffix's table, repeated.
            _weights = FrVector.Rent(_length);
            int period = 1 << weightPoint.Length;
            kernels.ExpandEquality(weightPoint, Fr.One, _weights.Slice(0, period));
            for (int start = period; start < _length; start += period)
            {
                _weights.Slice(0, period).CopyTo(_weights.Slice(start, period));
            }
        }
    }

    /// <summary>Variables left.</summary>
    public int Variables => System.Numerics.BitOperations.Log2((uint)_length);

    /// <summary>The value that is left to prove, without the weight of the variables already bound.</summary>
    public Fr Value => _bound * _value;

    /// <summary>The factors at the point bound so far; meaningful when no variable is left.</summary>
    public (Fr Left, Fr Right) Factors => (_left[0], _right[0]);

    /// <summary>The table of the left factor, as far as it is folded.</summary>
    public FrSlice Left => _left.Slice(0, _length);

    /// <summary>The polynomial of the next variable.</summary>
    public RoundPolynomial Round()
    {
        int half = _length / 2;
        if (_weights is null)
        {
            (Fr constant, Fr quadratic) = _kernels.ProductRound(Left, _right.Slice(0, _length));
            _inner = new RoundPolynomial(constant, _value - constant - constant - quadratic, quadratic, Fr.Zero);
            return _inner;
        }

        bool weighted = Variables <= _weightPoint.Length;
        if (weighted)
        {
            // From here on the weights are those of the variables after this one.
            _kernels.SumHalves(_weights.Slice(0, _length));
        }

        (Fr atZero, Fr leading) = _kernels.WeightedProductRound(_weights.Slice(0, half), Left, _right.Slice(0, _length));
        if (!weighted)
        {
            _inner = new RoundPolynomial(atZero, _value - atZero - atZero - leading, leading, Fr.Zero);
            return _inner.Scale(_bound);
        }

        // g(0) (1 − w) + g(1) w = value; the round's polynomial is g times the factor 1 − w + (2w − 1) X.
        Fr w = _weightPoint[^Variables];
        Fr linear = ((_value - atZero) * w.Inverse()) - leading;
        _inner = new RoundPolynomial(atZero, linear, leading, Fr.Zero);
        Fr low = Fr.One - w;
        Fr slope = w - low;
        return new RoundPolynomial(
            low * atZero, (low * linear) + (slope * atZero), (low * leading) + (slope * linear), slope * leading).Scale(_bound);
    }

    /// <summary>Binds the next variable.</summary>
    public void Bind(Fr challenge)
    {
        if (_weights is not null && Variables <= _weightPoint.Length)
        {
            Fr w = _weightPoint[^Variables];
            _bound *= Fr.One - w + ((w + w - Fr.One) * challenge);
        }

        _value = _inner.Evaluate(challenge);
        _kernels.Fold(Left, challenge);
        _kernels.Fold(_right.Slice(0, _length), challenge);
        _length /= 2;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _weights?.Dispose();
    }
}
