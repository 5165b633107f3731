using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover.Stages;

/// <summary>Numerators and denominators of the two children of one fraction.</summary>
internal readonly record struct FractionPair(Fr Numerator0, Fr Numerator1, Fr Denominator0, Fr Denominator1);

/// <summary>The four tables of one level of the fraction tree and the weights of its sumcheck, as the rounds fold them.</summary>
internal sealed class FractionLevelProver : IDisposable
{
    private readonly IFieldKernels _kernels;
    private readonly FrVector _equality;
    private readonly ShrinkingTable _weights;
    private readonly ShrinkingTable[] _tables;
    private readonly Fr _lambda;
    private Fr? _challenge;

    /// <param name="kernels">The field kernels.</param>
    /// <param name="numerators">Numerators of the level: the first children, then the second ones.</param>
    /// <param name="denominators">Its denominators.</param>
    /// <param name="point">The point of the claim, but for its first coordinate.</param>
    /// <param name="lambda">Joins the claims on numerators and denominators.</param>
    public FractionLevelProver(IFieldKernels kernels, FrVector numerators, FrVector denominators, ReadOnlySpan<Fr> point, Fr lambda)
    {
        _kernels = kernels;
        _lambda = lambda;
        int half = numerators.Length / 2;
        _equality = kernels.Rent(half / 2);
        kernels.ExpandEquality(point, Fr.One, _equality.All);
        _weights = new ShrinkingTable(kernels, _equality.All);
        _tables =
        [
            new(kernels, numerators.Slice(0, half)), new(kernels, denominators.Slice(0, half)),
            new(kernels, numerators.Slice(half, half)), new(kernels, denominators.Slice(half, half)),
        ];
    }

    /// <summary>The next round; see <see cref="IFieldKernels.FractionRound"/>.</summary>
    public (Fr AtZero, Fr Leading) Round()
    {
        if (_challenge is not { } r)
        {
            return _kernels.FractionRound(_weights.Values, Table(0), Table(1), Table(2), Table(3), _lambda);
        }

        (Fr AtZero, Fr Leading) round = _kernels.FoldAndFractionRound(_weights.Values, Table(0), Table(1), Table(2), Table(3), _lambda, r);
        _challenge = null;
        _weights.Halve();
        Halve();
        return round;
    }

    /// <summary>Binds the variable of the last round. The tables are folded on the way to the next one.</summary>
    public void Bind(Fr challenge) => _challenge = challenge;

    /// <summary>What is left when all variables are bound.</summary>
    public FractionPair Children()
    {
        for (int i = 0; i < _tables.Length; i++)
        {
            _kernels.Fold(Table(i), _challenge!.Value);
        }

        Halve();
        return new FractionPair(Table(0)[0], Table(2)[0], Table(1)[0], Table(3)[0]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ShrinkingTable table in _tables)
        {
            table.Dispose();
        }

        _weights.Dispose();
        _equality.Dispose();
    }

    private FrSlice Table(int i) => _tables[i].Values;

    private void Halve()
    {
        foreach (ShrinkingTable table in _tables)
        {
            table.Halve();
        }
    }
}
