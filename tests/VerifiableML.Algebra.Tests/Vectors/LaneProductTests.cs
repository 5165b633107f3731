using System.Numerics;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>Products of limbs on the floating-point units against those of integers.</summary>
public sealed class LaneProductTests
{
    private const ulong Largest = (1UL << 52) - 1;

    private static readonly ulong[] Edges =
        [0, 1, 2, 3, Largest, Largest - 1, 1UL << 51, (1UL << 51) - 1, (1UL << 51) + 1, 1UL << 26, (1UL << 26) - 1, 0x5_5555_5555_5555];

    [Fact]
    public void The_halves_of_a_product_of_limbs_are_exact()
    {
        if (!VectorFieldKernels.IsSupported)
        {
            return;
        }

        Random random = new(2);
        ulong[] factors = [.. Edges, .. Enumerable.Range(0, 200).Select(_ => (ulong)random.NextInt64() & Largest)];
        foreach (ulong a in factors)
        {
            foreach (ulong b in factors)
            {
                CheckProduct(a, b);
            }
        }
    }

    [Fact]
    public void A_sum_of_as_many_of_the_largest_products_as_fit_is_exact()
    {
        if (!VectorFieldKernels.IsSupported)
        {
            return;
        }

        LaneFactor largest;
        largest.L0 = largest.L1 = largest.L2 = largest.L3 = largest.L4 = Vector512.Create((double)Largest);
        ProductSum sum = default;
        for (int i = 0; i < ProductSum.Capacity; i++)
        {
            ProductSum.Add(ref sum, in largest, in largest);
        }

        ColumnSums columns = default;
        sum.DrainTo(ref columns);
        BigInteger factor = (BigInteger.One << 260) - 1;
        Assert.Equal(8 * ProductSum.Capacity * factor * factor, Value(columns, 52));
    }

    [Theory]
    [InlineData(52)]
    [InlineData(32)]
    public void Column_sums_of_either_sign_become_the_element_that_they_are_congruent_to(int radix)
    {
        Random random = new(radix);
        for (int i = 0; i < 50; i++)
        {
            ColumnSums sums = default;
            for (int k = 0; k < ColumnSums.Count; k++)
            {
                sums[k] = new Int128((ulong)random.NextInt64() >> 40, (ulong)random.NextInt64()) * (random.Next(3) - 1);
            }

            // One as raw limbs divides by R: what it leaves of an element has the element's integer as Montgomery form.
            Fr expected = Fr.FromBigInteger(Value(sums, radix)) * new Fr(1, 0, 0, 0);
            Assert.Equal(expected, sums.ToMontgomeryForm(radix));
        }
    }

    private static void CheckProduct(ulong a, ulong b)
    {
        Vector512<double> x = Vector512.Create((double)a), y = Vector512.Create((double)b);
        Vector512<ulong> low = Vector512<ulong>.Zero, high = Vector512<ulong>.Zero;
        LaneProduct.AddLimbs(x, y, ref low, ref high);

        UInt128 product = (UInt128)a * b;
        Assert.Equal((ulong)product & Largest, low[0] - LaneProduct.Bias0);
        Assert.Equal((ulong)(product >> 52), high[7] - LaneProduct.Bias9);
        Assert.Equal((double)((ulong)product & Largest), LaneProduct.LowLimb(x, y)[3]);
    }

    private static BigInteger Value(in ColumnSums sums, int radix)
    {
        BigInteger value = BigInteger.Zero;
        for (int k = ColumnSums.Count - 1; k >= 0; k--)
        {
            value = (value << radix) + (BigInteger)sums[k];
        }

        return value;
    }
}
