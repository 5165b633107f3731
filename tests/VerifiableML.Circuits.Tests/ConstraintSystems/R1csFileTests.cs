using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Circuits.Tests.ConstraintSystems;

public sealed class R1csFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-r1cs-").FullName;
    private readonly byte[] _good;

    public R1csFileTests()
    {
        R1csFile.Write(InFolder("good.r1cs"), SampleSystem.Create());
        _good = File.ReadAllBytes(InFolder("good.r1cs"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_system_survives_with_the_order_of_its_terms()
    {
        ConstraintSystem expected = SampleSystem.Create();
        Assert.True(R1csFile.TryRead(InFolder("good.r1cs"), out ConstraintSystem? system, out FileError? error), error?.ToString());
        Assert.Equal((5, 1, 4), (system.WireCount, system.PublicCount, system.ConstraintCount));
        Assert.Equal(expected.A.Wires.ToArray(), system.A.Wires.ToArray());
        Assert.Equal(-1, system.FindViolation(SampleSystem.Witness(3)));
        R1csFile.Write(InFolder("again.r1cs"), system);
        Assert.Equal(_good, File.ReadAllBytes(InFolder("again.r1cs")));
    }

    [Fact]
    public void Outputs_and_public_inputs_are_the_public_wires()
    {
        int header = HostileSections.Start(_good, 1);
        byte[] bytes = HostileSections.With(HostileSections.With(_good, header + 40, 2), header + 44, 1);
        File.WriteAllBytes(InFolder("mixed.r1cs"), bytes);
        Assert.True(R1csFile.TryRead(InFolder("mixed.r1cs"), out ConstraintSystem? system, out _));
        Assert.Equal(3, system.PublicCount);
    }

    [Fact]
    public void Every_damage_to_the_table_of_sections_is_refused()
    {
        Assert.All(HostileSections.Truncations(_good), file => AssertRefused(file));
        Assert.All(HostileSections.Lengths(_good), file => AssertRefused(file));
        // A file may do without the labels.
        Assert.Equal(1, HostileSections.Resized(_good).Count(file => TryRead(file, out _)));
        Assert.Contains("section 2: appears twice", AssertRefused(HostileSections.Resized(_good).ElementAt(4)));
    }

    [Fact]
    public void Every_bit_of_the_prefix_and_of_the_prime_counts()
    {
        Assert.All(HostileSections.BitFlips(_good, 0, 12), file => AssertRefused(file));
        Assert.All(HostileSections.BitFlips(_good, HostileSections.Start(_good, 1), 36), file => AssertRefused(file));
    }

    [Fact]
    public void No_bit_anywhere_leads_to_an_exception()
    {
        foreach (byte[] file in HostileSections.BitFlips(_good, 0, _good.Length))
        {
            TryRead(file, out _);
        }
    }

    [Fact]
    public void Another_curve_is_named() =>
        Assert.Contains("section 1 (header): the curve is not BN254", AssertRefused(WithPrime(Fq.Modulus.ToByteArray(isUnsigned: true))));

    [Fact]
    public void A_wire_that_does_not_exist_is_named()
    {
        int firstWire = HostileSections.Start(_good, 2) + 4;
        Assert.Contains("section 2 (constraints): constraint 0: wire 5 of 5", AssertRefused(HostileSections.With(_good, firstWire, 5)));
        Assert.Contains("wire 4294967295", AssertRefused(HostileSections.With(_good, firstWire, uint.MaxValue)));
    }

    [Fact]
    public void A_coefficient_that_is_not_below_the_modulus_is_named()
    {
        int coefficient = HostileSections.Start(_good, 2) + 8;
        byte[] file = HostileSections.Changed(_good, copy => Fr.Modulus.ToByteArray(isUnsigned: true).CopyTo(copy, coefficient));
        Assert.Contains("constraint 0: the coefficient of wire 2 is not below the modulus", AssertRefused(file));
    }

    [Fact]
    public void Counts_that_do_not_fit_are_named()
    {
        int header = HostileSections.Start(_good, 1);
        int rows = HostileSections.Start(_good, 2);
        Assert.Contains("do not fit into 5 wires", AssertRefused(HostileSections.With(_good, header + 44, 5)));
        Assert.Contains("4294967295 wires, more than", AssertRefused(HostileSections.With(_good, header + 36, uint.MaxValue)));
        Assert.Contains("too few for 16777216 constraints", AssertRefused(HostileSections.With(_good, header + 60, 1 << 24)));
        Assert.Contains("bytes follow what belongs here", AssertRefused(HostileSections.With(_good, header + 60, 3)));
        Assert.Contains("constraint 0: 4294967295 terms", AssertRefused(HostileSections.With(_good, rows, uint.MaxValue)));
        Assert.Contains("section 3 (labels)", AssertRefused(HostileSections.With(_good, header + 36, 6)));
    }

    [Fact]
    public void Custom_gates_are_refused()
    {
        byte[] file = [.. _good, 4, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        Assert.Contains("section 4 (custom gates): custom gates are not", AssertRefused(HostileSections.With(file, 8, 4)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 4), 0);
        Assert.True(TryRead(HostileSections.With(file, 8, 4), out _));
    }

    private byte[] WithPrime(byte[] prime) => HostileSections.Changed(_good, copy => prime.CopyTo(copy, HostileSections.Start(_good, 1) + 4));

    private string InFolder(string name) => Path.Combine(_folder, name);

    private bool TryRead(byte[] bytes, out FileError? error)
    {
        File.WriteAllBytes(InFolder("hostile.r1cs"), bytes);
        return R1csFile.TryRead(InFolder("hostile.r1cs"), out _, out error);
    }

    private string AssertRefused(byte[] bytes)
    {
        Assert.False(TryRead(bytes, out FileError? error));
        Assert.DoesNotContain('\n', error!.ToString());
        return error.ToString();
    }
}
