using System.Numerics;
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
    private readonly FrVector[] _owned;
    private readonly ShrinkingTable _left;
    private readonly ShrinkingTable _right;
    private readonly ShrinkingTable? _weights;
    private readonly Fr[] _weightPoint;
    private Fr _value;
    private Fr _bound = Fr.One;
    private Fr? _challenge;
    private RoundPolynomial _inner;

    /// <summary>An instance over vectors of one length, a power of two.</summary>
    public SumcheckInstance(IFieldKernels kernels, FrVector left, FrVector right, Fr value, ReadOnlySpan<Fr> weightPoint = default)
    {
        _kernels = kernels;
        _owned = [left, right];
        _left = new ShrinkingTable(kernels, left.All);
        _right = new ShrinkingTable(kernels, right.All);
        _value = value;
        Variables = BitOperations.Log2((uint)left.Length);
        _weightPoint = weightPoint.ToArray();
        if (weightPoint.Length > 0)
        {
            FrVector weights = Weights(left.Length);
            _owned = [left, right, weights];
            _weights = new ShrinkingTable(kernels, weights.All);
        }
    }

    /// <summary>Variables left.</summary>
    public int Variables { get; private set; }

    /// <summary>The value that is left to prove, without the weight of the variables already bound.</summary>
    public Fr Value => _bound * _value;

    /// <summary>The factors at the point bound so far; meaningful when no variable is left.</summary>
    public (Fr Left, Fr Right) Factors
    {
        get
        {
            Fold();
            return (_left.Values[0], _right.Values[0]);
        }
    }

    /// <summary>The table of the left factor, as far as it is folded.</summary>
    public FrSlice Left
    {
        get
        {
            Fold();
            return _left.Values;
        }
    }

    /// <summary>The polynomial of the next variable.</summary>
    public RoundPolynomial Round()
    {
        if (_weights is null)
        {
            (Fr constant, Fr quadratic) = ProductRound();
            _inner = new RoundPolynomial(constant, _value - constant - constant - quadratic, quadratic, Fr.Zero);
            return _inner;
        }

        Fold();
        bool weighted = Variables <= _weightPoint.Length;
        if (weighted)
        {
            // From here on the weights are those of the variables after this one.
            _kernels.SumHalves(_weights.Values);
        }

        _weights.Halve();
        (Fr atZero, Fr leading) = _kernels.WeightedProductRound(_weights.Values, _left.Values, _right.Values);
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

    /// <summary>Binds the next variable. The tables are folded when they are next looked at.</summary>
    public void Bind(Fr challenge)
    {
        if (_weights is not null && Variables <= _weightPoint.Length)
        {
            Fr w = _weightPoint[^Variables];
            _bound *= Fr.One - w + ((w + w - Fr.One) * challenge);
        }

        _value = _inner.Evaluate(challenge);
        _challenge = challenge;
        Variables--;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _weights?.Dispose();
        foreach (FrVector vector in _owned)
        {
            vector.Dispose();
        }
    }

    /// <summary>The equality polynomial's table. Constant in the leading variables: that of the suffix, repeated.</summary>
    private FrVector Weights(int length)
    {
        FrVector weights = _kernels.Rent(length);
        int filled = 1 << _weightPoint.Length;
        _kernels.ExpandEquality(_weightPoint, Fr.One, weights.Slice(0, filled));
        for (; filled < length; filled *= 2)
        {
            weights.Slice(0, filled).CopyTo(weights.Slice(filled, filled));
        }

        return weights;
    }

    private (Fr Constant, Fr Quadratic) ProductRound()
    {
        if (_challenge is not { } r)
        {
            return _kernels.ProductRound(_left.Values, _right.Values);
        }

        (Fr Constant, Fr Quadratic) round = _kernels.FoldAndProductRound(_left.Values, _right.Values, r);
        Halve();
        return round;
    }

    /// <summary>Folds by the last challenge, unless a round has done so.</summary>
    private void Fold()
    {
        if (_challenge is { } r)
        {
            _kernels.Fold(_left.Values, r);
            _kernels.Fold(_right.Values, r);
            Halve();
        }
    }

    private void Halve()
    {
        _left.Halve();
        _right.Halve();
        _challenge = null;
    }
}
