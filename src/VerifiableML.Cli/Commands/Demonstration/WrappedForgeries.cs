using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Makes things that must be refused, out of a wrapped proof that is accepted.</summary>
internal static class WrappedForgeries
{
    private const string OneForm = "one proof has one byte string";
    private const string Pairings = "the pairing equation of Groth16 does not hold";

    /// <summary>Every forgery of the demonstration.</summary>
    /// <param name="key">The honest proving key.</param>
    /// <param name="document">The honest public values.</param>
    /// <param name="proof">The honest proof.</param>
    /// <param name="other">Another model of the same circuit.</param>
    /// <param name="others">Its wrapped proof.</param>
    public static IEnumerable<Forgery> Of(ProvingKey key, PublicDocument document, WrappedProof proof, OtherModel other, WrappedProof others)
    {
        byte[] honest = WrappedProofFormat.Encode(proof);
        byte[] otherBytes = WrappedProofFormat.Encode(others);
        yield return new(
            "another output claimed: the two greatest values change places", FalseStatements.Why, FalseStatements.SwapGreatest(document), honest);
        yield return new(
            "another input claimed: one pixel one step brighter or darker", FalseStatements.Why,
            FalseStatements.ChangeInput(document, key.Model), honest);
        yield return new(
            "the wrapped proof of another model, which differs in one weight by one step",
            "that model has another commitment than the one in the verification key", other.Document, otherBytes);
        yield return new(
            "the same proof, passed off as one of the registered model", FalseStatements.Why, document with { Statement = other.Statement }, otherBytes);
        yield return new(
            "the Groth16 part of that proof in this one", "it is about other public signals", document,
            WrappedProofFormat.Encode(proof with { Groth16 = others.Groth16 }));
        yield return new(
            "the KZG proof of its opening in this one", "it opens another commitment", document,
            WrappedProofFormat.Encode(proof with { Quotient = others.Quotient, Evaluation = others.Evaluation }));
        foreach ((string name, string why, byte[] changed) in OfBytes(proof, honest))
        {
            yield return new(name, why, document, changed);
        }
    }

    private static IEnumerable<(string Name, string Why, byte[] Proof)> OfBytes(WrappedProof proof, byte[] honest)
    {
        Groth16Proof inner = proof.Groth16;
        yield return ("A and B of the Groth16 proof negated, which keeps their pairing", OneForm, With(inner with { A = -inner.A, B = -inner.B }));
        yield return ("B alone negated", Pairings, With(inner with { B = -inner.B }));
        yield return ("C negated", Pairings, With(inner with { C = -inner.C }));
        yield return ("A and C exchanged", Pairings, With(WrappedProofFormat.Canonical(inner with { A = inner.C, C = inner.A })));
        yield return (
            "one signal changed by one", "the circuit's hash of all signals fixes them", WrappedProofFormat.Encode(
                proof with { Told = proof.Told with { Combination = proof.Told.Combination + Fr.One } }));
        yield return ("the modulus added to a signal", OneForm, AddModulus(proof, honest));
        yield return ("real and imaginary part of B exchanged", "almost never a point of the curve", SwapCoordinates(honest));
        yield return ("a byte appended", OneForm, [.. honest, 0]);

        byte[] With(Groth16Proof changed) => WrappedProofFormat.Encode(proof with { Groth16 = changed });
    }

    // A field element has several representatives below 2^256; only the least is taken.
    private static byte[] AddModulus(WrappedProof proof, byte[] honest)
    {
        var scalar = new byte[Fr.ByteLength];
        proof.Told.Combination.Encode(scalar);
        byte[] changed = [.. honest];
        BigInteger sum = new BigInteger(scalar, isUnsigned: true, isBigEndian: true) + Fr.Modulus;
        sum.ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(changed, honest.AsSpan().IndexOf(scalar));
        return changed;
    }

    // The proof ends with A, B and C.
    private static byte[] SwapCoordinates(byte[] honest)
    {
        const int Coordinate = Fq.ByteLength;
        byte[] changed = [.. honest];
        int start = honest.Length - G1.CompressedByteLength - G2.CompressedByteLength;
        honest.AsSpan(start, Coordinate).CopyTo(changed.AsSpan(start + Coordinate));
        honest.AsSpan(start + Coordinate, Coordinate).CopyTo(changed.AsSpan(start));
        return changed;
    }
}
