using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

public sealed partial class VectorFieldKernels
{
    /// <summary>2^516 mod r, as raw limbs: an integer u times this, divided by 2^260, is the Montgomery form of u.</summary>
    private static readonly Fr ToMontgomeryFactor = Fr.FromUInt64(2).Pow(260UL);

    /// <summary>The Montgomery form of 2^31.</summary>
    private static readonly Fr HalfRange = Fr.FromUInt64(1UL << 31);

    /// <inheritdoc/>
    public void Gather(FrSlice table, ReadOnlyMemory<int> index, FrSlice destination)
    {
        Require.SameLength(index.Length, destination.Length);
        Require.Indices(index.Span, table.Length);

        // Plane by plane, so that of a table only a quarter competes for the cache at a time.
        for (int plane = 0; plane < 4 && index.Length > 0; plane++)
        {
            GatherPlane(table.Plane(plane), index.Span, destination.Plane(plane));
        }
    }

    /// <inheritdoc/>
    public unsafe void FromIntegers(ReadOnlyMemory<int> values, FrSlice destination)
    {
        Require.SameLength(values.Length, destination.Length);
        int whole = WholeGroups(values.Length);
        fixed (int* pointer = values.Span)
        {
            int* pinned = pointer;
            Parallelism.For(whole, (start, length) => FromIntegersGroups(pinned, destination, start, start + length));
        }

        Scalar.FromIntegers(values[whole..], Rest(destination, whole));
    }

    /// <inheritdoc/>
    public unsafe Fr InnerProduct(ReadOnlyMemory<int> values, FrSlice weights)
    {
        Require.SameLength(values.Length, weights.Length);
        int whole = WholeGroups(values.Length);
        ColumnSums sums;
        fixed (int* pointer = values.Span)
        {
            int* pinned = pointer;
            sums = Parallelism.Sum(whole, (start, length) => IntegerInnerProductGroups(pinned, weights, start, start + length));
        }

        return sums.ToMontgomeryForm(radix: 32) + Scalar.InnerProduct(values[whole..], Rest(weights, whole));
    }

    /// <inheritdoc/>
    public void InnerProducts(ReadOnlyMemory<int> rows, FrSlice weights, FrSlice destination)
    {
        Require.SameLength(rows.Length, weights.Length * destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = InnerProduct(rows.Slice(i * weights.Length, weights.Length), weights);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherPlane(ReadOnlySpan<ulong> table, ReadOnlySpan<int> index, Span<ulong> destination)
    {
        for (int i = 0; i < index.Length && i < destination.Length; i++)
        {
            destination[i] = table[index[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void FromIntegersGroups(int* values, FrSlice destination, int start, int end)
    {
        nuint stride = (nuint)destination.Stride;
        LaneFactor.Broadcast(in ToMontgomeryFactor, out LaneFactor factor);
        FrLanes.Broadcast(in HalfRange, out FrLanes half);
        LaneFactor integer = default;
        for (int i = start; i < end; i += Width)
        {
            // value + 2^31 is not negative and fits one limb; 2^31 is taken off again in the field.
            Vector512<long> signed = Avx512F.ConvertToVector512Int64(Vector256.Load(values + i));
            integer.L0 = LaneFactor.Limb((signed + Vector512.Create(1L << 31)).AsUInt64());
            FrLanes.Multiply(in integer, in factor, out FrLanes result);
            FrLanes.ReduceOnce(in result, out result);
            FrLanes.SubtractReduced(in result, in half, out result);
            FrLanes.Store(in result, ref At(destination, i), stride);
        }
    }

    /// <summary>
    /// Σ values[i]·weight[i] over the raw limbs of the weights, in radix 2^32. Values are cut into signed digits of 16 bits, of which
    /// small values have one; digits are made positive by adding 2^16, which Σ weight·2^16 takes off again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe ColumnSums IntegerInnerProductGroups(int* values, FrSlice weights, int start, int end)
    {
        // 2^11 products of 17 by 32 bits in each of eight lanes stay below 2^63.
        const int Block = 2048 * Width;
        ColumnSums sums = default;
        for (int i = start; i < end; i += Block)
        {
            int blockEnd = Math.Min(end, i + Block);
            ReadOnlySpan<int> block = new(values + i, blockEnd - i);
            bool small = !block.ContainsAnyExceptInRange(-(1 << 16), (1 << 16) - 1);
            if (small)
            {
                AddDigits(values, weights, i, blockEnd, ref sums, shift: 0, mask: -1);
            }
            else
            {
                AddDigits(values, weights, i, blockEnd, ref sums, shift: 0, mask: 0xFFFF);
                AddDigits(values, weights, i, blockEnd, ref sums, shift: 16, mask: -1);
            }
        }

        return sums;
    }

    /// <summary>sums += 2^shift·Σ ((values[i] ≫ shift) &amp; mask)·weight[i], for digits from −2^16 to 2^16 − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddDigits(
        int* values, FrSlice weights, int start, int end, ref ColumnSums sums, int shift, int mask)
    {
        nuint stride = (nuint)weights.Stride;
        Vector512<ulong> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        Vector512<ulong> t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default, t6 = default, t7 = default;
        Vector512<ulong> lowHalf = Vector512.Create(0xFFFF_FFFFUL);
        for (int i = start; i < end; i += Width)
        {
            Vector256<int> digit = ((Vector256.Load(values + i) >> shift) & Vector256.Create(mask)) + Vector256.Create(1 << 16);
            Vector512<uint> u = Avx512F.ConvertToVector512UInt64(digit.AsUInt32()).AsUInt32();
            ref ulong origin = ref At(weights, i);
            Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin), w1 = Vector512.LoadUnsafe(in origin, stride);
            Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride), w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
            Vector512<ulong> h0 = w0 >>> 32, h1 = w1 >>> 32, h2 = w2 >>> 32, h3 = w3 >>> 32;

            // The multiplication takes the lower half of every lane only, so that the words need no mask for it.
            s0 += Avx512F.Multiply(w0.AsUInt32(), u);
            s1 += Avx512F.Multiply(h0.AsUInt32(), u);
            s2 += Avx512F.Multiply(w1.AsUInt32(), u);
            s3 += Avx512F.Multiply(h1.AsUInt32(), u);
            s4 += Avx512F.Multiply(w2.AsUInt32(), u);
            s5 += Avx512F.Multiply(h2.AsUInt32(), u);
            s6 += Avx512F.Multiply(w3.AsUInt32(), u);
            s7 += Avx512F.Multiply(h3.AsUInt32(), u);
            t0 += w0 & lowHalf;
            t1 += h0;
            t2 += w1 & lowHalf;
            t3 += h1;
            t4 += w2 & lowHalf;
            t5 += h2;
            t6 += w3 & lowHalf;
            t7 += h3;
        }

        sums[0] += Digit(s0, t0) << shift;
        sums[1] += Digit(s1, t1) << shift;
        sums[2] += Digit(s2, t2) << shift;
        sums[3] += Digit(s3, t3) << shift;
        sums[4] += Digit(s4, t4) << shift;
        sums[5] += Digit(s5, t5) << shift;
        sums[6] += Digit(s6, t6) << shift;
        sums[7] += Digit(s7, t7) << shift;

        static Int128 Digit(Vector512<ulong> products, Vector512<ulong> weights) =>
            (Int128)Vector512.Sum(products) - ((Int128)Vector512.Sum(weights) << 16);
    }
}
