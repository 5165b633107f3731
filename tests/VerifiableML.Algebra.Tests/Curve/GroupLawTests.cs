using FsCheck;
using FsCheck.Fluent;

namespace VerifiableML.Algebra.Tests.Curve;

/// <summary>The laws of a group and of its scalars, on samples that include infinity, equal and opposite points.</summary>
public class GroupLawTests
{
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(30);

    [Fact]
    public void G1_is_a_group()
    {
        Prop.ForAll(Samples.G1, Samples.G1, Samples.G1, (p, q, s) =>
            p + q == q + p && p + (q + s) == p + q + s && p - p == G1.Infinity && p + G1.Infinity == p && (p + q).IsOnCurve).Check(Few);
        Prop.ForAll(Samples.G1, Samples.Fr, Samples.Fr, (p, a, b) =>
            p.Multiply(a + b) == p.Multiply(a) + p.Multiply(b) && p.Multiply(a).Multiply(b) == p.Multiply(a * b)).Check(Few);
    }

    [Fact]
    public void G2_is_a_group()
    {
        Prop.ForAll(Samples.G2, Samples.G2, Samples.G2, (p, q, s) =>
            p + q == q + p && p + (q + s) == p + q + s && p - p == G2.Infinity && p + G2.Infinity == p && (p + q).IsInSubgroup).Check(Few);
        Prop.ForAll(Samples.G2, Samples.Fr, Samples.Fr, (p, a, b) =>
            p.Multiply(a + b) == p.Multiply(a) + p.Multiply(b) && p.Multiply(a).Multiply(b) == p.Multiply(a * b)).Check(Few);
    }

    [Fact]
    public void Random_bytes_never_throw_and_decode_to_members_only()
    {
        Gen<byte[]> bytes = Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(64);
        Prop.ForAll(bytes.ToArbitrary(), data =>
            (!G1.TryDecode(data, out G1 p) || p.IsOnCurve)
            && (!G1.TryDecodeCompressed(data.AsSpan(0, 32), out G1 q) || q.IsOnCurve)
            && (!G2.TryDecodeCompressed(data, out G2 s) || (s.IsOnCurve && s.IsInSubgroup))).QuickCheckThrowOnFailure();
    }
}
