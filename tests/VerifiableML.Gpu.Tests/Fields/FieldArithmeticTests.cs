using System.Numerics;
using System.Reflection;
using VerifiableML.Algebra;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Tests.Fields;

/// <summary>The plain C# of the device's arithmetic, against the host's.</summary>
public sealed class FieldArithmeticTests
{
    [Fact]
    public void Scalar_field_agrees_with_the_host()
    {
        Fr[] values = [.. FieldValues.Stored(Fr.Modulus, 12).Select(FieldValues.StoredFr)];
        foreach (Fr a in values)
        {
            DeviceElement x = DeviceElement.From(a);
            Assert.Equal(a.Square(), ScalarField.Square(x).ToFr());
            Assert.Equal(a.Double(), ScalarField.Double(x).ToFr());
            Assert.Equal(-a, ScalarField.Negate(x).ToFr());
            Assert.Equal(a.IsZero, x.IsZero);
            foreach (Fr b in values)
            {
                DeviceElement y = DeviceElement.From(b);
                Assert.Equal(a + b, ScalarField.Add(x, y).ToFr());
                Assert.Equal(a - b, ScalarField.Subtract(x, y).ToFr());
                Assert.Equal(a * b, ScalarField.Multiply(x, y).ToFr());
                Assert.Equal(a == b, Elements.AreEqual(x, y));
            }
        }
    }

    [Fact]
    public void Base_field_agrees_with_the_host()
    {
        Fq[] values = [.. FieldValues.Stored(Fq.Modulus, 12).Select(FieldValues.StoredFq)];
        foreach (Fq a in values)
        {
            DeviceElement x = DeviceElement.From(a);
            Assert.Equal(a.Square(), BaseField.Square(x).ToFq());
            Assert.Equal(a.Double(), BaseField.Double(x).ToFq());
            Assert.Equal(-a, BaseField.Negate(x).ToFq());
            foreach (Fq b in values)
            {
                DeviceElement y = DeviceElement.From(b);
                Assert.Equal(a + b, BaseField.Add(x, y).ToFq());
                Assert.Equal(a - b, BaseField.Subtract(x, y).ToFq());
                Assert.Equal(a * b, BaseField.Multiply(x, y).ToFq());
            }
        }
    }

    [Fact]
    public void Inverses_agree_with_the_host()
    {
        foreach (BigInteger stored in FieldValues.Stored(Fr.Modulus, 3))
        {
            Fr scalar = FieldValues.StoredFr(stored);
            Assert.Equal(scalar.Inverse(), ScalarField.Inverse(DeviceElement.From(scalar)).ToFr());
            Fq coordinate = FieldValues.StoredFq(stored);
            Assert.Equal(coordinate.Inverse(), BaseField.Inverse(DeviceElement.From(coordinate)).ToFq());
        }

        Assert.Equal(Fr.One, ScalarField.One.ToFr());
        Assert.Equal(Fq.One, BaseField.One.ToFq());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Integers_become_the_host_s_elements_and_come_back(long value)
    {
        DeviceElement element = ScalarField.FromInt64(value);
        Assert.Equal(Fr.FromInt64(value), element.ToFr());
        DeviceElement integer = ScalarField.ToInteger(element);
        Assert.Equal(element.ToFr().ToBigInteger(), FieldValues.Number([integer.L0, integer.L1, integer.L2, integer.L3, integer.L4, integer.L5, integer.L6, integer.L7]));
    }

    [Theory]
    [InlineData(typeof(ScalarWords), "r")]
    [InlineData(typeof(BaseWords), "p")]
    public void Constants_are_those_of_the_moduli(Type words, string field)
    {
        BigInteger modulus = field == "r" ? Fr.Modulus : Fq.Modulus;
        uint Get(string name) => (uint)words.GetProperty(name, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        Assert.Equal(FieldValues.Words(modulus), Enumerable.Range(0, 8).Select(i => Get($"P{i}")));
        Assert.Equal(uint.MaxValue, (uint)(Get("P0") * Get("NegatedInverse")));
    }
}
