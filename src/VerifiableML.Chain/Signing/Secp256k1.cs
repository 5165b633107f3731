using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace VerifiableML.Chain.Signing;

/// <summary>ECDSA over secp256k1 (SEC 2, 2.4.1) with nonces made from key and message by HMAC-SHA-256 (RFC 6979) and s in the lower half (EIP-2).</summary>
internal static class Secp256k1
{
    private const int ScalarLength = 32;

    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");
    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);

    /// <summary>Whether a number is a private key: from one to the group order less one.</summary>
    public static bool IsPrivateKey(BigInteger scalar) => scalar.SignValue > 0 && scalar.CompareTo(Curve.N) < 0;

    /// <summary>x and y, 64 bytes.</summary>
    public static byte[] PublicKey(BigInteger privateKey) => Encode(new FixedPointCombMultiplier().Multiply(Curve.G, privateKey));

    /// <summary>Signs a digest. The signature is checked before it leaves, so that a fault of the machine cannot give the key away.</summary>
    public static EcdsaSignature Sign(BigInteger privateKey, ReadOnlySpan<byte> digest)
    {
        byte[] message = digest.ToArray();
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(privateKey, Domain));
        BigInteger[] pair = signer.GenerateSignature(message);
        BigInteger s = pair[1].CompareTo(HalfOrder) > 0 ? Curve.N.Subtract(pair[1]) : pair[1];
        byte[] expected = PublicKey(privateKey);
        for (int parity = 0; parity < 2; parity++)
        {
            if (Recover(message, pair[0], s, parity) is { } recovered && recovered.AsSpan().SequenceEqual(expected))
            {
                return new EcdsaSignature(Number(pair[0]), Number(s), parity);
            }
        }

        // Also where x of the nonce's point is not below the group order, which nobody has seen.
        throw new InvalidOperationException("the signature does not lead back to its key");
    }

    /// <summary>The public key of a signature (SEC 1, 4.1.6), 64 bytes, or null where there is none.</summary>
    public static byte[]? Recover(ReadOnlySpan<byte> digest, EcdsaSignature signature) =>
        signature.S * 2 > Number(Curve.N) ? null : Recover(digest.ToArray(), Scalar(signature.R), Scalar(signature.S), signature.YParity);

    private static byte[]? Recover(byte[] digest, BigInteger r, BigInteger s, int parity)
    {
        if (!IsPrivateKey(r) || !IsPrivateKey(s) || parity is not (0 or 1))
        {
            return null;
        }

        ECPoint nonce;
        try
        {
            nonce = Curve.Curve.DecodePoint([(byte)(2 + parity), .. Unsigned(r)]);
        }
        catch (ArgumentException)
        {
            return null;
        }

        // Q = (s R - e G) / r.
        BigInteger inverse = r.ModInverse(Curve.N);
        BigInteger e = new BigInteger(1, digest).Negate().Mod(Curve.N);
        ECPoint key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, e.Multiply(inverse).Mod(Curve.N), nonce, s.Multiply(inverse).Mod(Curve.N)).Normalize();
        return key.IsInfinity ? null : Encode(key);
    }

    private static byte[] Encode(ECPoint point) => point.Normalize().GetEncoded(false)[1..];

    private static byte[] Unsigned(BigInteger value)
    {
        byte[] bytes = value.ToByteArrayUnsigned();
        return [.. new byte[ScalarLength - bytes.Length], .. bytes];
    }

    private static System.Numerics.BigInteger Number(BigInteger value) => new(value.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    private static BigInteger Scalar(System.Numerics.BigInteger value) => new(1, value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
