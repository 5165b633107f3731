using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Circuits.Tests.ConstraintSystems;

public sealed class WtnsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-wtns-").FullName;
    private readonly byte[] _good;

    public WtnsFileTests()
    {
        WtnsFile.Write(InFolder("good.wtns"), SampleSystem.Witness(3));
        _good = File.ReadAllBytes(InFolder("good.wtns"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_witness_survives()
    {
        Assert.True(WtnsFile.TryRead(InFolder("good.wtns"), out Fr[]? wires, out FileError? error), error?.ToString());
        Assert.Equal(SampleSystem.Witness(3), wires);
    }

    [Fact]
    public void Every_damage_to_the_table_of_sections_is_refused()
    {
        Assert.All(HostileSections.Truncations(_good), file => AssertRefused(file));
        Assert.All(HostileSections.Lengths(_good), file => AssertRefused(file));
        Assert.All(HostileSections.Resized(_good), file => AssertRefused(file));
        // Up to the first value: there is no bit of the header that may change.
        Assert.All(HostileSections.BitFlips(_good, 0, HostileSections.Start(_good, 2) + 32), file => AssertRefused(file));
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        int values = HostileSections.Start(_good, 2);
        byte[] modulus = Fr.Modulus.ToByteArray(isUnsigned: true);
        Assert.Contains(
            "section 2 (values): value 1 is not below the modulus",
            AssertRefused(HostileSections.Changed(_good, copy => modulus.CopyTo(copy, values + 32))));
        Assert.Contains("section 2 (values): value 0 is not one", AssertRefused(HostileSections.With(_good, values, 2)));
        Assert.Contains("expected 128", AssertRefused(HostileSections.With(_good, HostileSections.Start(_good, 1) + 36, 4)));
        Assert.Contains("values, more than", AssertRefused(HostileSections.With(_good, HostileSections.Start(_good, 1) + 36, uint.MaxValue)));
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private string AssertRefused(byte[] bytes)
    {
        File.WriteAllBytes(InFolder("hostile.wtns"), bytes);
        Assert.False(WtnsFile.TryRead(InFolder("hostile.wtns"), out _, out FileError? error));
        return error.ToString();
    }
}
