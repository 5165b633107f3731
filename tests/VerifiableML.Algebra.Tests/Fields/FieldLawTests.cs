using FsCheck;
using FsCheck.Fluent;

namespace VerifiableML.Algebra.Tests.Fields;

/// <summary>The laws of a field, on samples that favour the edges.</summary>
public class FieldLawTests
{
    [Fact]
    public void Fr_is_a_field() => CheckField(Samples.Fr);

    [Fact]
    public void Fq_is_a_field() => CheckField(Samples.Fq);

    [Fact]
    public void Fq2_is_a_field() => CheckField(Samples.Fq2);

    [Fact]
    public void Encodings_are_one_to_one() => Prop.ForAll(Samples.Fr, a =>
    {
        byte[] bytes = new byte[Fr.ByteLength];
        a.Encode(bytes);
        return Fr.TryDecode(bytes, out Fr decoded) && decoded == a && Fr.FromWideBytes(bytes) == a
            && Fr.FromBigInteger(a.ToBigInteger()) == a && a.GetHashCode() == decoded.GetHashCode();
    }).QuickCheckThrowOnFailure();

    private static void CheckField<TField>(Arbitrary<TField> samples)
        where TField : struct, IFieldElement<TField>
    {
        Prop.ForAll(samples, samples, samples, (a, b, c) =>
            (a + b).Equals(b + a) && (a * b).Equals(b * a)
            && (a + (b + c)).Equals(a + b + c) && (a * (b * c)).Equals(a * b * c)
            && (a * (b + c)).Equals((a * b) + (a * c))).QuickCheckThrowOnFailure();
        Prop.ForAll(samples, samples, (a, b) =>
            (a - b).Equals(a + -b) && (a - a).IsZero && a.Square().Equals(a * a) && a.Double().Equals(a + a)
            && (a * b).IsZero == (a.IsZero || b.IsZero)).QuickCheckThrowOnFailure();
        Prop.ForAll(samples, a =>
            (a + TField.Zero).Equals(a) && (a * TField.One).Equals(a)
            && (a * a.Inverse()).Equals(a.IsZero ? TField.Zero : TField.One)).QuickCheckThrowOnFailure();
    }
}
