using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition in G1, eight at a time with AVX-512. Its scalar meaning is <see cref="ScalarBatchAdder{TField}"/>, with one running product
/// per lane. Packed coordinates are a·2^260 mod p, the form in which a product of <see cref="Lanes{TModulus}"/> needs no correction.
/// </summary>
internal sealed unsafe class VectorBatchAdder : BatchAdder<Fq>
{
    private const int Width = FqLanes.Width;

    // Where the coordinates are in a packed point.
    private const int X = 0;
    private const int Y = 4;

    [ThreadStatic]
    private static VectorScratch? _scratch;

    private VectorBatchAdder()
    {
    }

    public static VectorBatchAdder Instance { get; } = new();

    public static bool IsSupported => FqLanes.IsSupported;

    public override void Add(nuint* left, nuint* right, nuint* destination, int count)
    {
        VectorScratch scratch = _scratch ??= new VectorScratch(Words);
        int groups = scratch.Fill(left, right, destination, count);
        MultiplyDenominators(left, right, groups, scratch, out FqLanes product);
        LaneInversion.Invert(in product, out LaneFactor inverse);
        AddWithInverses(left, right, destination, groups, scratch, in inverse);
    }

    public override void Double(nuint* source, nuint* destination, int count)
    {
        VectorScratch scratch = _scratch ??= new VectorScratch(Words);
        int groups = scratch.Fill(source, destination, count);
        MultiplyOrdinates(source, groups, scratch, out FqLanes product);
        LaneInversion.Invert(in product, out LaneFactor inverse);
        DoubleWithInverses(source, destination, groups, scratch, in inverse);
    }

    protected override Fq ToStored(in Fq element) => StoredForm.FromElement(element);

    protected override Fq FromStored(in Fq stored) => StoredForm.ToElement(stored);

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
            AffineLanes.LoadUnsigned(first, X, out FqLanes x1);
            AffineLanes.LoadUnsigned(second, X, out FqLanes x2);
            AffineLanes.LoadSigned(first, Y, out FqLanes y1);
            AffineLanes.LoadSigned(second, Y, out FqLanes y2);
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
                AffineLanes.Store(destination + (group * Width), X, in x3, in y3);
            }
            else
            {
                SpecialLanes.Store(first, second, destination + (group * Width), special, in x3, in y3);
            }
        }
    }

    /// <summary>Going up, for doublings: the denominators are 2y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyOrdinates(nuint* source, int groups, VectorScratch scratch, out FqLanes product)
    {
        LaneFactor* prefixes = scratch.Prefixes;
        product = default;
        LaneFactor.Broadcast(new Limbs(1, 0, 0, 0), out prefixes[0]);
        for (int group = 0; group < groups; group++, source += Width)
        {
            LoadDoubledOrdinates(source, out _, out LaneFactor doubled);
            FqLanes.Multiply(in prefixes[group], in doubled, out product);
            FqLanes.ToFactor(in product, out prefixes[group + 1]);
        }
    }

    /// <summary>Going down, for doublings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DoubleWithInverses(
        nuint* source, nuint* destination, int groups, VectorScratch scratch, in LaneFactor inverseOfAll)
    {
        LaneFactor* prefixes = scratch.Prefixes;
        LaneFactor suffix = inverseOfAll;
        for (int group = groups - 1; group >= 0; group--)
        {
            nuint* points = source + (group * Width);
            AffineLanes.LoadUnsigned(points, X, out FqLanes x);
            LoadDoubledOrdinates(points, out FqLanes y, out LaneFactor doubled);

            // λ = 3x²/2y, x₃ = λ² − 2x, y₃ = λ·(x − x₃) − y
            FqLanes.Multiply(in suffix, in prefixes[group], out FqLanes inverse);
            FqLanes.Multiply(in suffix, in doubled, out FqLanes rest);
            FqLanes.ToFactor(in rest, out suffix);
            FqLanes.ToFactor(in inverse, out LaneFactor inverseFactor);
            FqLanes.ToFactor(in x, out LaneFactor xFactor);
            FqLanes.Square(in xFactor, out FqLanes numerator);
            AffineLanes.Triple(in numerator, out numerator);
            FqLanes.ToFactor(in numerator, out LaneFactor numeratorFactor);
            FqLanes.Multiply(in inverseFactor, in numeratorFactor, out FqLanes slopeValue);
            FqLanes.ToFactor(in slopeValue, out LaneFactor slope);
            FqLanes.Square(in slope, out FqLanes square);
            AffineLanes.SubtractAbscissae(in square, in x, in x, out FqLanes x3);
            AffineLanes.Subtract(in x, in x3, out LaneFactor run);
            FqLanes.Multiply(in slope, in run, out FqLanes rise);
            AffineLanes.SubtractOrdinate(in rise, in y, out FqLanes y3);
            AffineLanes.Store(destination + (group * Width), X, in x3, in y3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadDoubledOrdinates(nuint* points, out FqLanes y, out LaneFactor doubled)
    {
        AffineLanes.LoadUnsigned(points, Y, out y);
        FqLanes.AddTight(in y, in y, out FqLanes sum);
        FqLanes.ToFactor(in sum, out doubled);
    }
}
