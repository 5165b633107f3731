using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// The values that the wrap circuit and the verifier outside of it share: what the verifier computes itself (the seed, the public values at the seed, x)
/// and what it is told (all others). The circuit has two public wires only, whatever their number: a challenge ρ and the values as coefficients of a polynomial at ρ.
/// First among them is <see cref="Binding"/>, a hash of all others that the circuit computes and the verifier is told. ρ is drawn from the values as the verifier has
/// them, hash included, so that for values fixed before ρ the polynomials of both sides agree at ρ with a chance of their degree in r, and for values chosen after it
/// their hash would have to be what the others leave open. A chain then pays for two public inputs instead of some fifteen.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Binding">The transcript's squeeze after all of the values.</param>
/// <param name="Seed">The transcript's seed.</param>
/// <param name="InputValue">The public input as a polynomial at the seed; zero where the input is not public.</param>
/// <param name="OutputValue">The same of the output.</param>
/// <param name="Link">The transcript's challenge from which x is drawn.</param>
/// <param name="X">The opening's challenge x.</param>
/// <param name="Trace"><c>x + 1/x</c>.</param>
/// <param name="Combination">The weight of the preprocessed data beside the witness.</param>
/// <param name="WitnessRow">The point at which witness rows are folded.</param>
/// <param name="WeightRow">The point at which rows of preprocessed data are folded.</param>
/// <param name="Values">The opening's values.</param>
public sealed record WrapSignals<T>(
    T Binding, T Seed, T InputValue, T OutputValue, T Link, T X, T Trace, T Combination,
    EvaluationPoint<T> WitnessRow, EvaluationPoint<T> WeightRow, OpenedValues<T> Values)
    where T : struct, IScalar<T>
{
    /// <summary>Number of public wires.</summary>
    public const int PublicCount = 2;

    /// <summary>All values, in the order in which they are hashed to ρ and summed.</summary>
    public T[] Shared() =>
    [
        Binding, Seed, InputValue, OutputValue, Link, X, Trace, Combination, .. WitnessRow.Coordinates, .. WeightRow.Coordinates,
        Values.RowConstant, Values.RowSlope, Values.CrossConstant, Values.CrossSlope,
    ];

    /// <summary><c>Σ_i shared_i ρ^i</c>, by Horner's rule from the last value down.</summary>
    public T Compress(T rho)
    {
        T[] shared = Shared();
        T sum = shared[^1];
        for (int i = shared.Length - 2; i >= 0; i--)
        {
            sum = (sum * rho) + shared[i];
        }

        return sum;
    }

    /// <summary>The public wires.</summary>
    public T[] PublicWires(T rho) => [rho, Compress(rho)];

    /// <summary>The challenge ρ.</summary>
    public static Fr DrawCompression(WrapSignals<Fr> signals)
    {
        var transcript = new ByteTranscript("wrap signals");
        foreach (Fr value in signals.Shared())
        {
            transcript.Append(value);
        }

        return transcript.Squeeze();
    }
}
