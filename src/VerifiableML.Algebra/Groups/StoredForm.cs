namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Numbers a·2^260 mod p as the lanes want them, held in the limbs of an <see cref="Fq"/>, whose own form is a·2^256: as an Fq such a number
/// is the element 16·a. Sums, differences and multiples by elements of the field are the same in both readings.
/// </summary>
internal static class StoredForm
{
    private static readonly Fq Factor = Fq.FromUInt64(16);
    private static readonly Fq InverseFactor = Factor.Inverse();
    private static readonly Fq FactorSquared = Factor.Square();

    public static Fq FromElement(in Fq element) => element * Factor;

    public static Fq2 FromElement(in Fq2 element) => element * Factor;

    public static Fq ToElement(in Fq stored) => stored * InverseFactor;

    public static Fq2 ToElement(in Fq2 stored) => stored * InverseFactor;

    /// <summary>The stored form of a² from that of a.</summary>
    public static Fq Square(in Fq stored) => stored.Square() * InverseFactor;

    /// <summary>The stored form of a² from that of a.</summary>
    public static Fq2 Square(in Fq2 stored) => stored.Square() * InverseFactor;

    /// <summary>The stored form of a⁻¹ from the inverse, as Fq, of the stored form of a.</summary>
    public static Fq OfInverse(in Fq inverse) => inverse * FactorSquared;

    /// <summary>Any 256-bit number modulo p.</summary>
    public static Fq Reduce(in Limbs number)
    {
        Limbs reduced = Montgomery<BaseModulus>.Multiply(BaseModulus.One, number);
        return new Fq(reduced.L0, reduced.L1, reduced.L2, reduced.L3);
    }
}
