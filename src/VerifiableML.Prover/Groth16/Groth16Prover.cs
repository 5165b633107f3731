using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Groth16;

namespace VerifiableML.Prover.Groth16;

/// <summary>
/// Proves that a constraint system is satisfied (Groth, eprint 2016/260, §3.2). The proof is a uniformly random one among those that the
/// verifier accepts, and so says nothing else about the witness.
/// </summary>
public static class Groth16Prover
{
    /// <summary>Proves with fresh blinding; both cores work on every stage.</summary>
    /// <param name="key">The circuit's key.</param>
    /// <param name="witness">
    /// One value for each wire, the first of them one. Values that violate a constraint give a proof that no verifier accepts: see
    /// <see cref="ConstraintSystem.FindViolation"/>.
    /// </param>
    /// <param name="progress">Told of each stage as it ends, from the thread that called.</param>
    /// <param name="backend">What computes the sums in G1 and the transforms; the host's cores where null.</param>
    /// <exception cref="ArgumentException">The witness has another length, or does not begin with one.</exception>
    public static Groth16Proof Prove(Groth16ProvingKey key, ReadOnlyMemory<Fr> witness, IProgress<Groth16Stage>? progress = null, ProverBackend? backend = null)
    {
        using var generator = RandomNumberGenerator.Create();
        return Prove(key, witness, Fr.Random(generator), Fr.Random(generator), progress, backend);
    }

    /// <summary>Proves with given blinding, which must be uniformly random and used only once.</summary>
    /// <param name="key">The circuit's key.</param>
    /// <param name="witness">One value for each wire.</param>
    /// <param name="r">Blinds A.</param>
    /// <param name="s">Blinds B.</param>
    /// <param name="progress">Told of each stage as it ends.</param>
    /// <param name="backend">What computes the sums in G1 and the transforms; the host's cores where null.</param>
    internal static Groth16Proof Prove(
        Groth16ProvingKey key, ReadOnlyMemory<Fr> witness, Fr r, Fr s, IProgress<Groth16Stage>? progress = null, ProverBackend? backend = null)
    {
        backend ??= ProverBackend.Cpu;
        if (witness.Length != key.WireCount || witness.Span[0] != Fr.One)
        {
            throw new ArgumentException($"a witness has {key.WireCount} values, of which the first is one", nameof(witness));
        }

        using FrVector quotient = QuotientValues.Compute(key, witness, backend, progress);
        using FrVector wires = FrVector.From(witness.Span);

        // A = α + Σ wᵢ·Aᵢ + r·δ, and B likewise with s, in both groups.
        using FrVector wiresOfA = OccurringWires.Select(wires.All, key.A);
        G1 a = key.Verification.Alpha + backend.Sums.Compute(key.PointsA, wiresOfA.All) + key.Delta.Multiply(r);
        progress?.Report(Groth16Stage.PointsA);
        using FrVector wiresOfB = OccurringWires.Select(wires.All, key.B);
        G1 b1 = key.Beta + backend.Sums.Compute(key.PointsB1, wiresOfB.All) + key.Delta.Multiply(s);
        progress?.Report(Groth16Stage.PointsB1);
        G2 b2 = key.Verification.Beta + MultiScalarMultiplication.Compute(key.PointsB2, wiresOfB.All) + key.Verification.Delta.Multiply(s);
        progress?.Report(Groth16Stage.PointsB2);

        // C = Σ wᵢ·Cᵢ + Σ hᵢ·Hᵢ + s·A + r·B − r·s·δ.
        int first = key.PublicCount + 1;
        G1 privatePart = backend.Sums.Compute(key.PointsC, wires.Slice(first, key.WireCount - first));
        progress?.Report(Groth16Stage.PointsC);
        G1 quotientPart = backend.Sums.Compute(key.PointsH, quotient.All);
        progress?.Report(Groth16Stage.PointsH);
        G1 c = privatePart + quotientPart + a.Multiply(s) + b1.Multiply(r) - key.Delta.Multiply(r * s);
        return new Groth16Proof(a, b2, c);
    }
}
