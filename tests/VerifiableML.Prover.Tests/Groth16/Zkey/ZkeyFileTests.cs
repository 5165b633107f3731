using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Tests.ConstraintSystems;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;

namespace VerifiableML.Prover.Tests.Groth16.Zkey;

public sealed class ZkeyFileTests : IDisposable
{
    private static readonly RandomSystem Sample = RandomSystem.Create(seed: 3, constraints: 6, publicCount: 2);
    private static readonly Groth16ProvingKey Key = MakeKey();
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-zkey-").FullName;
    private readonly byte[] _good;

    public ZkeyFileTests()
    {
        ZkeyFile.Write(InFolder("good.zkey"), Key);
        _good = File.ReadAllBytes(InFolder("good.zkey"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ZkeyCheck.Curve)]
    [InlineData(ZkeyCheck.Group)]
    public void A_key_survives_and_proves(ZkeyCheck check)
    {
        Assert.True(ZkeyFile.TryRead(InFolder("good.zkey"), check, out Groth16ProvingKey? key, out FileError? error), error?.ToString());
        Assert.Equal(Key.Verification, key.Verification);
        Assert.True(Key.Contributions.SequenceEqual(key.Contributions));
        Assert.Equal(Key.ConstraintSystemHash.ToArray(), key.ConstraintSystemHash.ToArray());
        ZkeyFile.Write(InFolder("again.zkey"), key);
        Assert.Equal(_good, File.ReadAllBytes(InFolder("again.zkey")));
        Assert.Null(Groth16Verifier.Verify(key.Verification, Sample.PublicSignals, Groth16Prover.Prove(key, Sample.Wires)));
    }

    [Fact]
    public void Coefficients_are_stored_times_the_square_of_the_radix()
    {
        // The first term of A, row 0.
        int start = HostileSections.Start(_good, 4) + 4;
        SparseMatrix a = Key.A;
        int first = a.RowStarts.IndexOfAnyExcept(0) - 1;
        BigInteger expected = (a.Coefficients[a.CoefficientIndices[0]].ToBigInteger() << 512) % Fr.Modulus;
        int offset = start + (44 * Key.B.RowStarts[first]);
        Assert.Equal((uint)first, BitConverter.ToUInt32(_good, offset + 4));
        Assert.Equal(expected, new BigInteger(_good.AsSpan(offset + 12, 32), isUnsigned: true));
    }

    [Fact]
    public void Terms_may_come_in_any_order()
    {
        // Terms are 44 bytes; the last one, a public row of A, goes to the front.
        int start = HostileSections.Start(_good, 4) + 4;
        int length = 44 * (Key.A.TermCount + Key.B.TermCount);
        byte[] file = HostileSections.Changed(_good, copy =>
        {
            _good.AsSpan(start + length - 44, 44).CopyTo(copy.AsSpan(start));
            _good.AsSpan(start, length - 44).CopyTo(copy.AsSpan(start + 44));
        });
        Assert.True(TryRead(file, out Groth16ProvingKey? key, out FileError? error), error?.ToString());
        Assert.Null(Groth16Verifier.Verify(key!.Verification, Sample.PublicSignals, Groth16Prover.Prove(key, Sample.Wires)));
    }

    [Fact]
    public void Every_damage_to_the_table_of_sections_is_refused()
    {
        Assert.All(HostileSections.Truncations(_good), file => AssertRefused(file));
        Assert.All(HostileSections.Lengths(_good), file => AssertRefused(file));
        Assert.All(HostileSections.Resized(_good), file => AssertRefused(file));
        Assert.All(HostileSections.BitFlips(_good, 0, 24), file => AssertRefused(file));
    }

    [Fact]
    public void Every_bit_of_the_header_counts()
    {
        // All bits of some bytes: in sizes, primes, and each point.
        int header = HostileSections.Start(_good, 2);
        for (int place = header; place < header + 84 + (3 * 64) + (3 * 128); place += place < header + 84 ? 4 : 37)
        {
            Assert.All(HostileSections.BitFlips(_good, place, 1), file => AssertRefused(file));
        }
    }

    [Fact]
    public void No_bit_anywhere_leads_to_an_exception()
    {
        var random = new Random(1);
        for (int i = 0; i < 150; i++)
        {
            int bit = random.Next(_good.Length * 8);
            TryRead(HostileSections.Changed(_good, copy => copy[bit / 8] ^= (byte)(1 << (bit % 8))), out _, out _);
        }
    }

    [Fact]
    public void Other_systems_curves_and_impossible_sizes_are_named()
    {
        int header = HostileSections.Start(_good, 2);
        int terms = HostileSections.Start(_good, 4);
        Assert.Contains("section 1 (protocol): protocol 2 is not Groth16", AssertRefused(HostileSections.With(_good, HostileSections.Start(_good, 1), 2)));
        Assert.Contains("section 2 (header): the curve is not BN254", AssertRefused(HostileSections.With(_good, header + 4, 1)));
        Assert.Contains("section 2 (header): a prime of 48 bytes", AssertRefused(HostileSections.With(_good, header, 48)));
        Assert.Contains("wires, more than", AssertRefused(HostileSections.With(_good, header + 72, uint.MaxValue)));
        Assert.Contains("public wires of", AssertRefused(HostileSections.With(_good, header + 76, (uint)Key.WireCount)));
        Assert.Contains("a domain of 15 rows", AssertRefused(HostileSections.With(_good, header + 80, 15)));
        Assert.Contains("section 9 (points H)", AssertRefused(HostileSections.With(_good, header + 80, 1 << 24)));
        Assert.Contains("coefficients, more than", AssertRefused(HostileSections.With(_good, terms, uint.MaxValue)));
        Assert.Contains("coefficient 0: matrix 2 of 2", AssertRefused(HostileSections.With(_good, terms + 4, 2)));
        Assert.Contains("row 16 of 16", AssertRefused(HostileSections.With(_good, terms + 8, 16)));
        Assert.Contains($"wire {Key.WireCount} of", AssertRefused(HostileSections.With(_good, terms + 12, (uint)Key.WireCount)));
        Assert.Contains(
            "coefficient 0 is not below the modulus",
            AssertRefused(HostileSections.Changed(_good, copy => Fr.Modulus.ToByteArray(isUnsigned: true).CopyTo(copy, terms + 16))));
    }

    [Theory]
    [InlineData(3u, "IC", "group G1")]
    [InlineData(5u, "A", "group G1")]
    [InlineData(6u, "B in G1", "group G1")]
    [InlineData(7u, "B in G2", "group G2")]
    [InlineData(8u, "C", "group G1")]
    [InlineData(9u, "H", "group G1")]
    public void A_point_off_its_curve_is_named(uint section, string name, string group)
    {
        int pointLength = section == 7 ? G2.ByteLength : G1.ByteLength;
        byte[] file = HostileSections.Changed(_good, copy => copy[HostileSections.Start(_good, section) + pointLength] ^= 1);
        Assert.Contains($"section {section} (points {name}): point 1 is not a point of the {group}", AssertRefused(file));
    }

    [Fact]
    public void A_point_outside_the_group_is_refused_where_groups_are_checked()
    {
        byte[] file = HostileSections.Changed(
            _good, copy => OutsideTheGroup().CopyTo(copy.AsSpan(HostileSections.Start(_good, 7))));
        Assert.Contains("section 7 (points B in G2): point 0 is not a point of the group G2", AssertRefused(file));
        File.WriteAllBytes(InFolder("outside.zkey"), file);
        Assert.True(ZkeyFile.TryRead(InFolder("outside.zkey"), ZkeyCheck.Curve, out _, out _));
    }

    [Fact]
    public void Secrets_that_differ_between_the_groups_are_named()
    {
        AssertNamed(Key with { Delta = Key.Delta + G1.Generator }, "delta is not the same in G1 and in G2");
        AssertNamed(Key with { Beta = Key.Beta + G1.Generator }, "beta is not the same in G1 and in G2");
        AssertNamed(Key with { Delta = G1.Infinity }, "alpha, beta or delta is the point at infinity");
        AssertNamed(
            Key with { Verification = Key.Verification with { Gamma = Key.Verification.Delta } }, "gamma is not the generator of G2");
    }

    [Fact]
    public void Contributions_that_do_not_fit_together_are_named()
    {
        // Circuit hash, count, then three points of G1, one of G2 and the transcript.
        int start = HostileSections.Start(_good, 10);
        int type = start + 64 + 4 + (3 * 64) + 128 + 64;
        Assert.Contains("contributions, more than", AssertRefused(HostileSections.With(_good, start + 64, uint.MaxValue)));
        Assert.Contains("bytes follow what belongs here", AssertRefused(HostileSections.With(_good, start + 64, 1)));
        Assert.Contains("contribution 1 has type 2", AssertRefused(HostileSections.With(_good, type, 2)));
        Assert.Contains("parameters of contribution 1 do not fit its type", AssertRefused(HostileSections.With(_good, type, 1)));
        Assert.Contains("bytes of parameters", AssertRefused(HostileSections.With(_good, type + 4, uint.MaxValue)));
        Assert.Contains("has parameter 9 after parameter 0", AssertRefused(HostileSections.Changed(_good, copy => copy[type + 8] = 9)));
        Assert.Contains("is not UTF-8", AssertRefused(HostileSections.Changed(_good, copy => copy[type + 10] = 0xff)));
    }

    private static Groth16ProvingKey MakeKey() => PhaseTwoCeremony.ApplyBeacon(
        PhaseTwoCeremony.Contribute(PhaseTwoCeremony.Start(Sample.System, TestSetup.Secrets), "someone", "text"),
        string.Empty,
        new PhaseTwoBeacon([7], PhaseTwoBeacon.LeastExponent));

    private static byte[] OutsideTheGroup()
    {
        Fq2 b = new Fq2(Fq.FromUInt64(3), Fq.Zero) * new Fq2(Fq.FromUInt64(9), Fq.One).Inverse();
        var bytes = new byte[G2.ByteLength];
        for (ulong i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromUInt64(i), Fq.One);
            if (((x.Square() * x) + b).TrySquareRoot(out Fq2 y))
            {
                G2.FromJacobian(new JacobianPoint<Fq2>(x, y, Fq2.One)).EncodeMontgomery(bytes);
                return bytes;
            }
        }
    }

    private void AssertNamed(Groth16ProvingKey key, string cause)
    {
        ZkeyFile.Write(InFolder("named.zkey"), key);
        Assert.Contains(cause, AssertRefused(File.ReadAllBytes(InFolder("named.zkey"))));
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private bool TryRead(byte[] bytes, out Groth16ProvingKey? key, out FileError? error)
    {
        File.WriteAllBytes(InFolder("hostile.zkey"), bytes);
        return ZkeyFile.TryRead(InFolder("hostile.zkey"), ZkeyCheck.Group, out key, out error);
    }

    private string AssertRefused(byte[] bytes)
    {
        Assert.False(TryRead(bytes, out _, out FileError? error));
        Assert.DoesNotContain('\n', error!.ToString());
        return error.ToString();
    }
}
