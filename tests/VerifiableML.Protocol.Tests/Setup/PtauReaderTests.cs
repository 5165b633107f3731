using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;

namespace VerifiableML.Protocol.Tests.Setup;

public sealed class PtauReaderTests
{
    [Fact]
    public void Points_are_those_that_snarkjs_reads()
    {
        StructuredReferenceString srs = Read(PtauFixture.Count);

        Assert.Equal(PtauFixture.Count, srs.Count);
        Assert.Equal(G1.Generator, srs.Powers[0]);
        AssertPoint(
            srs.Powers[1],
            "151737836652258707062678224585423166710990016843479923599687632572324264876",
            "3086792263047486982118349693639244233280305383076955113901739646472070596900");
        AssertPoint(
            srs.Powers[300],
            "8175701977610356555832078398287099413492246833882324041043855342046218559650",
            "1696622135083647937892172062030896704939100619747874166995223636110495534128");
        Assert.Equal(
            EncodeG2(
                "17160710645028919887571629163409085124113237479064175936710463036596225432644",
                "19145518055031662041172420131326864526038259617398475561316571161604079783957",
                "11992415042342530485621337980069081845380296769141821649592990369461965423189",
                "2098884067535008309439902494071973854349176099390752101876469086340303360900"),
            Encode(srs.TauG2));
    }

    [Fact]
    public void A_file_of_our_own_making_is_of_unknown_origin_and_says_so()
    {
        StructuredReferenceString srs = Read(4);
        Assert.Equal(SetupTrust.Unknown, srs.Origin.Trust);
        Assert.False(srs.IsInsecure);
        Assert.StartsWith("UNKNOWN SETUP", srs.Origin.Warning);
    }

    [Fact]
    public void Only_as_many_powers_as_asked_are_read_and_the_identity_does_not_change()
    {
        StructuredReferenceString srs = Read(10);
        Assert.Equal(10, srs.Count);
        Assert.Equal(Read(PtauFixture.Count).Id.ToArray(), srs.Id.ToArray());
    }

    [Fact]
    public void More_powers_than_the_file_has_are_refused()
    {
        Assert.False(PtauReader.TryRead(PtauFixture.Path, PtauFixture.Count + 1, out _, out FileError? error));
        Assert.Equal($"{PtauFixture.Path}: header: the file has 511 powers, 512 are needed", error.ToString());
    }

    [Fact]
    public void The_digest_is_that_of_b2sum()
    {
        Assert.True(PtauDigest.TryCompute(PtauFixture.Path, out string? digest, out _));
        Assert.Equal(
            "1d6a0a7a685338c54116b5b4bb9a1edcd543dc7d93087454e4a63521850b350e84f721c2e82eefdfb12f053cdbfca4c20fe1010d5f44a956a746b4232a113fc1",
            digest);
        Assert.False(PtauDigest.TryCompute(PtauFixture.Path + ".missing", out _, out FileError? error));
        Assert.EndsWith("reading: no such file", error.ToString());
    }

    private static StructuredReferenceString Read(int count)
    {
        Assert.True(PtauReader.TryRead(PtauFixture.Path, count, out StructuredReferenceString? srs, out FileError? error), error?.ToString());
        return srs;
    }

    private static void AssertPoint(G1 point, string x, string y)
    {
        Assert.Equal(BigInteger.Parse(x), point.X.ToBigInteger());
        Assert.Equal(BigInteger.Parse(y), point.Y.ToBigInteger());
    }

    private static byte[] Encode(G2 point)
    {
        var bytes = new byte[G2.ByteLength];
        point.Encode(bytes);
        return bytes;
    }

    // EIP-197: imaginary part first.
    private static byte[] EncodeG2(string x0, string x1, string y0, string y1) =>
        [.. new[] { x1, x0, y1, y0 }.SelectMany(text => BigInteger.Parse(text).ToByteArray(isUnsigned: true, isBigEndian: true) is var bytes
            ? new byte[32 - bytes.Length].Concat(bytes)
            : [])];
}
