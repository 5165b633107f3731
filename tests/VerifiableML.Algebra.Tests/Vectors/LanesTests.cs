using System.Numerics;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Vectors;
using ScalarLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>The eight-lane arithmetic against big integers, on edge values and random ones.</summary>
public sealed class LanesTests
{
    private const int Count = 512;

    [Fact]
    public void The_constants_are_those_of_the_moduli()
    {
        CheckConstants<ScalarModulus>(Fr.Modulus);
        CheckConstants<BaseModulus>(Fq.Modulus);
    }

    [Fact]
    public void A_product_of_scalar_field_lanes_is_that_of_integers() => CheckProducts<ScalarModulus>(Fr.Modulus);

    [Fact]
    public void A_product_of_base_field_lanes_is_that_of_integers() => CheckProducts<BaseModulus>(Fq.Modulus);

    [Fact]
    public void Sums_and_differences_multiply_like_integers_in_the_scalar_field() => CheckSums<ScalarModulus>(Fr.Modulus);

    [Fact]
    public void Sums_and_differences_multiply_like_integers_in_the_base_field() => CheckSums<BaseModulus>(Fq.Modulus);

    [Fact]
    public void A_value_below_three_moduli_is_stored_reduced()
    {
        if (!ScalarLanes.IsSupported)
        {
            return;
        }

        BigInteger p = Fr.Modulus;
        BigInteger[] values = [0, p - 1, p, p + 1, 2 * p - 1, 2 * p, 2 * p + 1, 3 * p - 1];
        ulong[] planes = Planes(values);
        ScalarLanes.Load(in planes[0], 8, out ScalarLanes lanes);
        ScalarLanes.StoreReducedTwice(in lanes, ref planes[0], 8);
        Assert.Equal(values.Select(v => v % p), Integers(planes));
    }

    private static void CheckConstants<TModulus>(BigInteger p)
        where TModulus : struct, IModulus
    {
        if (!Lanes<TModulus>.IsSupported)
        {
            return;
        }

        BigInteger limb = BigInteger.One << 52;
        BigInteger inverse = limb - ModularInverse(p, 52);
        BigInteger multiple = (p * inverse) + 1;
        Assert.Equal(BigInteger.Zero, multiple % limb);
        Assert.Equal((double)inverse, LaneModulus<TModulus>.NegatedInverse[7]);
        AssertLimbs(
            p, LaneModulus<TModulus>.P0, LaneModulus<TModulus>.P1, LaneModulus<TModulus>.P2, LaneModulus<TModulus>.P3,
            LaneModulus<TModulus>.P4);
        AssertLimbs(
            2 * p, LaneModulus<TModulus>.Twice0, LaneModulus<TModulus>.Twice1, LaneModulus<TModulus>.Twice2,
            LaneModulus<TModulus>.Twice3, LaneModulus<TModulus>.Twice4);
        AssertFactor(
            p, LaneModulus<TModulus>.F0, LaneModulus<TModulus>.F1, LaneModulus<TModulus>.F2, LaneModulus<TModulus>.F3,
            LaneModulus<TModulus>.F4);
        AssertFactor(
            multiple / limb, LaneModulus<TModulus>.N0, LaneModulus<TModulus>.N1, LaneModulus<TModulus>.N2, LaneModulus<TModulus>.N3,
            LaneModulus<TModulus>.N4);

        // The bound that products are promised to keep.
        Assert.True(multiple / limb < p * 13 / 100);
    }

    private static void AssertFactor(BigInteger expected, params Vector512<double>[] limbs) =>
        AssertLimbs(expected, [.. limbs.Select(Vector512.ConvertToUInt64)]);

    private static void AssertLimbs(BigInteger expected, params Vector512<ulong>[] limbs)
    {
        BigInteger value = BigInteger.Zero;
        for (int j = limbs.Length - 1; j >= 0; j--)
        {
            Assert.Equal(limbs[j], Vector512.Create(limbs[j][0]));
            Assert.True(limbs[j][0] < 1UL << 52);
            value = (value << 52) + limbs[j][0];
        }

        Assert.Equal(expected, value);
    }

    /// <summary>The inverse of an odd number modulo 2^bits: its order divides 2^(bits − 2).</summary>
    private static BigInteger ModularInverse(BigInteger odd, int bits) =>
        BigInteger.ModPow(odd, (BigInteger.One << (bits - 2)) - 1, BigInteger.One << bits);

    private static void CheckProducts<TModulus>(BigInteger p)
        where TModulus : struct, IModulus
    {
        if (!Lanes<TModulus>.IsSupported)
        {
            return;
        }

        (BigInteger[] x, BigInteger[] y) = Operands(p);
        ulong[] a = Planes(x), b = Planes(y);
        ulong[] product = new ulong[a.Length], square = new ulong[a.Length], sum = new ulong[a.Length];
        for (int i = 0; i < Count; i += Lanes<TModulus>.Width)
        {
            LaneFactor.Load(in a[i], Count, out LaneFactor u);
            LaneFactor.LoadTimes16(in b[i], Count, out LaneFactor v);
            Lanes<TModulus>.Multiply(in u, in v, out Lanes<TModulus> w);
            Lanes<TModulus>.StoreReduced(in w, ref product[i], Count);

            // A square in R' = 2^260, four bits short of the product in R.
            LaneFactor.LoadTimes16(in a[i], Count, out LaneFactor s);
            Lanes<TModulus>.Multiply(in u, in s, out w);
            Lanes<TModulus>.Square(in u, out Lanes<TModulus> root);
            Lanes<TModulus>.StoreReduced(in w, ref square[i], Count);
            for (int k = 0; k < Lanes<TModulus>.Width; k++)
            {
                Assert.Equal(Integer(w[k]) % p, 16 * Integer(root[k]) % p);
            }

            Lanes<TModulus>.MultiplyAdd(in u, in v, in u, in s, out w);
            Lanes<TModulus>.StoreReduced(in w, ref sum[i], Count);
        }

        BigInteger inverse = BigInteger.ModPow(BigInteger.Pow(2, 256), p - 2, p);
        Assert.Equal(x.Zip(y, (s, t) => s * t * inverse % p), Integers(product));
        Assert.Equal(x.Select(s => s * s * inverse % p), Integers(square));
        Assert.Equal(x.Zip(y, (s, t) => s * (s + t) * inverse % p), Integers(sum));
    }

    private static void CheckSums<TModulus>(BigInteger p)
        where TModulus : struct, IModulus
    {
        if (!Lanes<TModulus>.IsSupported)
        {
            return;
        }

        BigInteger inverse = BigInteger.ModPow(BigInteger.Pow(2, 256), p - 2, p);
        (BigInteger[] x, BigInteger[] y) = Operands(p);
        ulong[] a = Planes(x), b = Planes(y), result = new ulong[a.Length], difference = new ulong[a.Length];
        for (int i = 0; i < Count; i += Lanes<TModulus>.Width)
        {
            // (a + b)·(a − b), which stays below 3p.
            Lanes<TModulus>.Load(in a[i], Count, out Lanes<TModulus> u);
            Lanes<TModulus>.Load(in b[i], Count, out Lanes<TModulus> v);
            Lanes<TModulus>.Add(in u, in v, out Lanes<TModulus> sum);
            Lanes<TModulus>.Tighten(in sum, out sum);
            Lanes<TModulus>.Subtract(in u, in v, out Lanes<TModulus> less);
            Lanes<TModulus>.Tighten(in less, out less);
            Lanes<TModulus>.Times16(in less, out Lanes<TModulus> more);
            Lanes<TModulus>.Multiply(in sum, in more, out Lanes<TModulus> product);
            Lanes<TModulus>.StoreReducedTwice(in product, ref result[i], Count);

            // (a − b)·1 with a factor that all lanes share.
            Limbs one = TModulus.One;
            LaneFactor.BroadcastTimes16(in one, out LaneFactor unit);
            Lanes<TModulus>.ToFactor(in less, out LaneFactor factor);
            Lanes<TModulus>.Multiply(in factor, in unit, out product);
            Lanes<TModulus>.StoreReduced(in product, ref difference[i], Count);
        }

        Assert.Equal(x.Zip(y, (s, t) => (((s * s) - (t * t)) * inverse % p + p) % p), Integers(result));
        Assert.Equal(x.Zip(y, (s, t) => (s - t + p) % p), Integers(difference));
    }

    /// <summary>All pairs of edge values, then random ones.</summary>
    private static (BigInteger[] Left, BigInteger[] Right) Operands(BigInteger p)
    {
        Random random = new(1);
        BigInteger[] edges =
        [
            0, 1, 2, p - 1, p - 2, p / 2, (p / 2) + 1, BigInteger.Pow(2, 52) - 1, BigInteger.Pow(2, 104), BigInteger.Pow(2, 253) - 1,
            BigInteger.Pow(2, 208), BigInteger.Pow(2, 208) - 1, BigInteger.Pow(2, 64) - 1, BigInteger.Pow(2, 192), p - (BigInteger.One << 200),
            BigInteger.Pow(2, 256) % p,
        ];
        BigInteger Draw(int i) => new BigInteger(random.NextInt64()) * BigInteger.Pow(random.NextInt64(), 4) * (i + 1) % p;
        BigInteger[] left = new BigInteger[Count], right = new BigInteger[Count];
        for (int i = 0; i < Count; i++)
        {
            left[i] = i < 256 ? edges[i / 16] : Draw(i);
            right[i] = i < 256 ? edges[i % 16] : Draw(i);
        }

        return (left, right);
    }

    private static ulong[] Planes(BigInteger[] values)
    {
        ulong[] planes = new ulong[4 * values.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = (ulong)((values[i % values.Length] >> (64 * (i / values.Length))) & ulong.MaxValue);
        }

        return planes;
    }

    private static BigInteger Integer(Limbs limbs) =>
        limbs.L0 + (new BigInteger(limbs.L1) << 64) + (new BigInteger(limbs.L2) << 128) + (new BigInteger(limbs.L3) << 192);

    private static BigInteger[] Integers(ulong[] planes)
    {
        BigInteger[] values = new BigInteger[planes.Length / 4];
        for (int i = 0; i < planes.Length; i++)
        {
            values[i % values.Length] += new BigInteger(planes[i]) << (64 * (i / values.Length));
        }

        return values;
    }
}
