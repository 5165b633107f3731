using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition, eight at a time with AVX-512. Its scalar meaning is <see cref="ScalarBatchAdder.Add"/>, with one running product
/// per lane. Packed coordinates are a·2^260 mod p, the form in which a product of <see cref="Lanes{TModulus}"/> needs no correction.
/// </summary>
internal sealed unsafe class VectorBatchAdder : BatchAdder
{
    private const int Width = FqLanes.Width;

    [ThreadStatic]
    private static VectorScratch? _scratch;

    private VectorBatchAdder()
    {
    }

    public static VectorBatchAdder Instance { get; } = new();

    public static bool IsSupported => FqLanes.IsSupported;

    public override void Pack(in G1 point, ulong* destination)
    {
        if (point.IsInfinity)
        {
            PackedPoint.SetInfinity(destination);
            return;
        }

        Unsafe.WriteUnaligned(destination, StoredForm.FromElement(point.X));
        Unsafe.WriteUnaligned(destination + 4, StoredForm.FromElement(point.Y));
    }

    public override G1 Unpack(ulong* source) => PackedPoint.IsInfinity(source)
        ? G1.Infinity
        : new G1(
            StoredForm.ToElement(Unsafe.ReadUnaligned<Fq>(source)), StoredForm.ToElement(Unsafe.ReadUnaligned<Fq>(source + 4)));

    public override void Add(nuint* left, nuint* right, nuint* destination, int count)
    {
        VectorScratch scratch = _scratch ??= new VectorScratch();
        int groups = (count + Width - 1) / Width;
        for (int i = count; i < groups * Width; i++)
        {
            // Lanes without an addition get one whose result nobody looks at.
            left[i] = PointReference.To(scratch.Idle.At(0));
            right[i] = PointReference.To(scratch.Idle.At(1));
            destination[i] = PointReference.To(scratch.Idle.At(2 + (i % Width)));
        }

        MultiplyDenominators(left, right, groups, scratch, out FqLanes product);
        Invert(in product, out LaneFactor inverse);
        AddWithInverses(left, right, destination, groups, scratch, in inverse);
    }

    /// <summary>Going up: notes the product of the denominators before each group, and the lanes that are not the general case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyDenominators(nuint* left, nuint* right, int groups, VectorScratch scratch, out FqLanes product)
    {
        LaneFactor* prefixes = scratch.Prefixes;
        product = default;
        LaneFactor.Broadcast(new Limbs(1, 0, 0, 0), out prefixes[0]);
        for (int group = 0; group < groups; group++, left += Width, right += Width)
        {
            byte special = AffineLanes.LoadDifference(left, right, out LaneFactor difference);
            if (special != 0)
            {
                SpecialLanes.PatchDenominators(left, right, special, ref difference);
            }

            scratch.Special[group] = special;
            FqLanes.Multiply(in prefixes[group], in difference, out product);
            FqLanes.ToFactor(in product, out prefixes[group + 1]);
        }
    }

    /// <summary>Going down: takes each group's inverses out of the inverse of the product of all, and completes the additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWithInverses(
        nuint* left, nuint* right, nuint* destination, int groups, VectorScratch scratch, in LaneFactor inverseOfAll)
    {
        LaneFactor* prefixes = scratch.Prefixes;
        LaneFactor suffix = inverseOfAll;
        for (int group = groups - 1; group >= 0; group--)
        {
            nuint* first = left + (group * Width);
            nuint* second = right + (group * Width);
            byte special = scratch.Special[group];
            AffineLanes.LoadAbscissae(first, out FqLanes x1);
            AffineLanes.LoadAbscissae(second, out FqLanes x2);
            AffineLanes.LoadOrdinates(first, out FqLanes y1);
            AffineLanes.LoadOrdinates(second, out FqLanes y2);
            AffineLanes.Subtract(in x2, in x1, out LaneFactor difference);
            AffineLanes.Subtract(in y2, in y1, out LaneFactor numerator);
            if (special != 0)
            {
                SpecialLanes.PatchDenominators(first, second, special, ref difference);
                SpecialLanes.PatchNumerators(first, second, special, ref numerator);
            }

            // λ = Δy/Δx, x₃ = λ² − x₁ − x₂, y₃ = λ·(x₁ − x₃) − y₁
            FqLanes.Multiply(in suffix, in prefixes[group], out FqLanes inverse);
            FqLanes.Multiply(in suffix, in difference, out FqLanes rest);
            FqLanes.ToFactor(in rest, out suffix);
            FqLanes.ToFactor(in inverse, out LaneFactor inverseFactor);
            FqLanes.Multiply(in inverseFactor, in numerator, out FqLanes slopeValue);
            FqLanes.ToFactor(in slopeValue, out LaneFactor slope);
            FqLanes.Square(in slope, out FqLanes square);
            AffineLanes.SubtractAbscissae(in square, in x1, in x2, out FqLanes x3);
            AffineLanes.Subtract(in x1, in x3, out LaneFactor run);
            FqLanes.Multiply(in slope, in run, out FqLanes rise);
            AffineLanes.SubtractOrdinate(in rise, in y1, out FqLanes y3);
            if (special == 0)
            {
                AffineLanes.Store(destination + (group * Width), in x3, in y3);
            }
            else
            {
                SpecialLanes.Store(first, second, destination + (group * Width), special, in x3, in y3);
            }
        }
    }

    /// <summary>The inverses of eight products, which are not zero, by one scalar inversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Invert(in FqLanes product, out LaneFactor inverse)
    {
        inverse = default;
        Span<Fq> values = stackalloc Fq[Width];
        for (int lane = 0; lane < Width; lane++)
        {
            values[lane] = StoredForm.Reduce(product[lane]);
        }

        BatchInversion.Invert(values);
        for (int lane = 0; lane < Width; lane++)
        {
            SpecialLanes.SetLane(ref inverse, lane, StoredForm.OfInverse(values[lane]));
        }
    }
}
