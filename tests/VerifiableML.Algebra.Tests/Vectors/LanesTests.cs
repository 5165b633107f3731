using System.Numerics;
using VerifiableML.Algebra.Vectors;
using BaseLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;
using ScalarLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>The eight-lane arithmetic against big integers, on edge values and random ones.</summary>
public sealed class LanesTests
{
    private const int Count = 512;

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

    private static void CheckProducts<TModulus>(BigInteger p)
        where TModulus : struct, IModulus
    {
        if (!Lanes<TModulus>.IsSupported)
        {
            return;
        }

        BigInteger inverse = BigInteger.ModPow(BigInteger.Pow(2, 256), p - 2, p);
        (BigInteger[] x, BigInteger[] y) = Operands(p);
        ulong[] a = Planes(x), b = Planes(y), product = new ulong[a.Length], square = new ulong[a.Length];
        for (int i = 0; i < Count; i += Lanes<TModulus>.Width)
        {
            Lanes<TModulus>.Load(in a[i], Count, out Lanes<TModulus> u);
            Lanes<TModulus>.LoadTimes32(in b[i], Count, out Lanes<TModulus> v);
            Lanes<TModulus>.Multiply(in u, in v, out Lanes<TModulus> w);
            Lanes<TModulus>.StoreReduced(in w, ref product[i], Count);
            Lanes<TModulus>.LoadTimes32(in a[i], Count, out v);
            Lanes<TModulus>.Square(in v, out w);
            Lanes<TModulus>.Times32(in u, out u);
            Lanes<TModulus>.Multiply(in u, in v, out v);
            for (int k = 0; k < Lanes<TModulus>.Width; k++)
            {
                Assert.True(Limbs.Same(v[k], w[k]));
            }

            Lanes<TModulus>.Load(in a[i], Count, out u);
            Lanes<TModulus>.Square(in u, out w);
            Lanes<TModulus>.StoreReduced(in w, ref square[i], Count);
        }

        BigInteger inverse261 = inverse * BigInteger.ModPow(32, p - 2, p) % p;
        Assert.Equal(x.Zip(y, (s, t) => s * t * inverse % p), Integers(product));
        Assert.Equal(x.Select(s => s * s * inverse261 % p), Integers(square));
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
            // (a + b)·(a − b), the loosest factors that Multiply takes: one of them tightened.
            Lanes<TModulus>.Load(in a[i], Count, out Lanes<TModulus> u);
            Lanes<TModulus>.Load(in b[i], Count, out Lanes<TModulus> v);
            Lanes<TModulus>.Add(in u, in v, out Lanes<TModulus> sum);
            Lanes<TModulus>.Subtract(in u, in v, out Lanes<TModulus> less);
            Lanes<TModulus>.Tighten(in less, out Lanes<TModulus> tight);
            Lanes<TModulus>.Times32(in tight, out tight);
            Lanes<TModulus>.Multiply(in sum, in tight, out Lanes<TModulus> product);
            Lanes<TModulus>.StoreReducedTwice(in product, ref result[i], Count);

            // (a − b)·1, where the loose difference is the factor.
            Limbs one = TModulus.One;
            Lanes<TModulus>.BroadcastTimes32(in one, out Lanes<TModulus> unit);
            Lanes<TModulus>.Multiply(in less, in unit, out product);
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
            0, 1, 2, p - 1, p - 2, p / 2, (p / 2) + 1, BigInteger.Pow(2, 29) - 1, BigInteger.Pow(2, 58), BigInteger.Pow(2, 253) - 1,
            BigInteger.Pow(2, 232), BigInteger.Pow(2, 232) - 1, BigInteger.Pow(2, 64) - 1, BigInteger.Pow(2, 192), p - (BigInteger.One << 200),
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
