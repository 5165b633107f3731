using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain;
using VerifiableML.Cli.Commands.OnChain;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Makes calls that a contract must refuse, out of one that it would accept.</summary>
internal static class OnChainForgeries
{
    /// <summary>Every forgery that is tried on chain.</summary>
    /// <param name="honest">What would be accepted.</param>
    /// <param name="requester">From whom.</param>
    public static IEnumerable<(string Name, Address Sender, byte[] Input, byte[] Output, byte[] Proof)> Of(ChainSubmission honest, Address requester)
    {
        (byte[] input, byte[] output, byte[] proof) = (honest.Input, honest.Output, honest.ProofBytes);
        var thief = new Address(Enumerable.Repeat((byte)0xbd, Address.Length).ToArray());
        yield return ("the honest submission, copied by somebody who saw it on its way", thief, input, output, proof);
        yield return ("another input claimed: one pixel one step brighter or darker", requester, With(input, input.Length / 2, value => (byte)(value ^ 1)), output, proof);
        yield return ("the last byte of the output left out", requester, input, output[..^1], proof);

        // A follows rows, cross, quotient and evaluation; its y is the second word.
        int y = ((honest.Proof.Rows.Length + 3) * G1.ByteLength) + Fq.ByteLength;
        yield return ("a coordinate of the Groth16 proof changed by one", requester, input, output, With(proof, y + Fq.ByteLength - 1, value => (byte)(value ^ 1)));
        yield return ("the modulus added to a signal", requester, input, output, AddModulus(proof, proof.Length - Fr.ByteLength));
        yield return ("A and B of the Groth16 proof negated, which keeps their pairing", requester, input, output, NegatePair(honest));
    }

    private static byte[] With(byte[] bytes, int index, Func<byte, byte> change)
    {
        byte[] changed = [.. bytes];
        changed[index] = change(changed[index]);
        return changed;
    }

    private static byte[] AddModulus(byte[] proof, int offset)
    {
        byte[] changed = [.. proof];
        Span<byte> word = changed.AsSpan(offset, Fr.ByteLength);
        byte[] sum = (new BigInteger(word, isUnsigned: true, isBigEndian: true) + Fr.Modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        sum.CopyTo(word[(Fr.ByteLength - sum.Length)..]);
        return changed;
    }

    private static byte[] NegatePair(ChainSubmission honest)
    {
        var groth16 = honest.Proof.Groth16 with { A = -honest.Proof.Groth16.A, B = -honest.Proof.Groth16.B };
        return (honest with { Proof = honest.Proof with { Groth16 = groth16 } }).ProofBytes;
    }
}
