using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.NarrowLanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition, eight at a time with AVX-512. Its scalar meaning is <see cref="ScalarBatchAdder.Add"/>, with one running product
/// per lane. Packed coordinates are a·2^261 mod p, the form in which a product of <see cref="Lanes{TModulus}"/> needs no correction.
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

        VectorLanes lanes = scratch.Lanes;
        MultiplyDenominators(left, right, groups, lanes);
        Invert(ref *lanes.Product);
        AddWithInverses(left, right, destination, groups, lanes);
        GC.KeepAlive(scratch);
    }

    /// <summary>Going up: notes the product of the denominators before each group, and the lanes that need one of their own.</summary>
    private static void MultiplyDenominators(nuint* left, nuint* right, int groups, in VectorLanes lanes)
    {
        FqLanes.Broadcast(new Limbs(1, 0, 0, 0), out *lanes.Product);
        for (int group = 0; group < groups; group++, left += Width, right += Width)
        {
            byte special = AffineLanes.LoadDifference(left, right, out *lanes.Difference);
            if (special != 0)
            {
                SpecialLanes.PatchDenominators(left, right, special, ref *lanes.Difference);
            }

            lanes.Special[group] = special;
            lanes.Prefixes[group] = *lanes.Product;
            FqLanes.Multiply(in lanes.Prefixes[group], in *lanes.Difference, out *lanes.Product);
        }
    }

    /// <summary>Going down: takes each group's inverses out of the inverse of the product of all, and completes the additions.</summary>
    private static void AddWithInverses(nuint* left, nuint* right, nuint* destination, int groups, in VectorLanes lanes)
    {
        ref FqLanes suffix = ref *lanes.Product;
        ref FqLanes difference = ref *lanes.Difference, numerator = ref *lanes.Numerator, inverse = ref *lanes.Inverse;
        ref FqLanes x1 = ref *lanes.X1, x2 = ref *lanes.X2, x3 = ref *lanes.X3;
        ref FqLanes y1 = ref *lanes.Y1, y2 = ref *lanes.Y2, y3 = ref *lanes.Y3;
        ref FqLanes slope = ref *lanes.Slope, squared = ref *lanes.Squared, run = ref *lanes.Run, rise = ref *lanes.Rise;
        for (int group = groups - 1; group >= 0; group--)
        {
            int first = group * Width;
            byte special = lanes.Special[group];
            AffineLanes.LoadAbscissae(left + first, out x1);
            AffineLanes.LoadAbscissae(right + first, out x2);
            AffineLanes.LoadOrdinates(left + first, out y1);
            AffineLanes.LoadOrdinates(right + first, out y2);
            FqLanes.Subtract(in x2, in x1, out difference);
            AffineLanes.SubtractOrdinates(in y2, in y1, out numerator);
            if (special != 0)
            {
                SpecialLanes.PatchDenominators(left + first, right + first, special, ref difference);
                SpecialLanes.PatchNumerators(left + first, right + first, special, ref numerator);
            }

            // λ = Δy/Δx, x₃ = λ² − x₁ − x₂, y₃ = λ·(x₁ − x₃) − y₁
            FqLanes.Multiply(in suffix, in lanes.Prefixes[group], out inverse);
            FqLanes.Multiply(in suffix, in difference, out suffix);
            FqLanes.Multiply(in inverse, in numerator, out slope);
            FqLanes.Square(in slope, out squared);
            AffineLanes.SubtractAbscissae(in squared, in x1, in x2, out x3);
            FqLanes.Subtract(in x1, in x3, out run);
            FqLanes.Multiply(in slope, in run, out rise);
            AffineLanes.SubtractOrdinate(in rise, in y1, out y3);
            if (special == 0)
            {
                AffineLanes.Store(destination + first, in x3, in y3);
            }
            else
            {
                SpecialLanes.Store(left + first, right + first, destination + first, special, in x3, in y3);
            }
        }
    }

    /// <summary>The inverses of eight products, which are not zero, by one scalar inversion.</summary>
    private static void Invert(ref FqLanes product)
    {
        Span<Fq> values = stackalloc Fq[Width];
        for (int lane = 0; lane < Width; lane++)
        {
            values[lane] = StoredForm.Reduce(product[lane]);
        }

        BatchInversion.Invert(values);
        for (int lane = 0; lane < Width; lane++)
        {
            SpecialLanes.SetLane(ref product, lane, StoredForm.OfInverse(values[lane]));
        }
    }
}
