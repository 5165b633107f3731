using System.Runtime.CompilerServices;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition in G2, eight at a time with AVX-512. Its scalar meaning is <see cref="ScalarBatchAdder{TField}"/>, but for the inversion:
/// 1/d = d̄/(d₀² + d₁²), and the norms share it, so that the running products are in the base field.
/// </summary>
internal sealed unsafe class VectorTwistAdder : BatchAdder<Fq2>
{
    private const int Width = FqLanes.Width;

    [ThreadStatic]
    private static VectorScratch? _scratch;

    private VectorTwistAdder()
    {
    }

    public static VectorTwistAdder Instance { get; } = new();

    public static bool IsSupported => FqLanes.IsSupported;

    public override void Add(nuint* left, nuint* right, nuint* destination, int count)
    {
        VectorScratch scratch = _scratch ??= new VectorScratch(Words);
        int groups = scratch.Fill(left, right, destination, count);
        MultiplyNorms(left, right, groups, scratch, out FqLanes product);
        LaneInversion.Invert(in product, out LaneFactor inverse);
        AddWithInverses(left, right, destination, groups, scratch, in inverse);
    }

    public override void Double(nuint* source, nuint* destination, int count)
    {
        VectorScratch scratch = _scratch ??= new VectorScratch(Words);
        int groups = scratch.Fill(source, destination, count);
        MultiplyNormsOfOrdinates(source, groups, scratch, out FqLanes product);
        LaneInversion.Invert(in product, out LaneFactor inverse);
        DoubleWithInverses(source, destination, groups, scratch, in inverse);
    }

    protected override Fq2 ToStored(in Fq2 element) => StoredForm.FromElement(element);

    protected override Fq2 FromStored(in Fq2 stored) => StoredForm.ToElement(stored);

    /// <summary>Going up: notes the norms of the denominators, their products before each group, and the lanes that are not the general case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNorms(nuint* left, nuint* right, int groups, VectorScratch scratch, out FqLanes product)
    {
        product = default;
        LaneFactor.Broadcast(new Limbs(1, 0, 0, 0), out scratch.Prefixes[0]);
        for (int group = 0; group < groups; group++, left += Width, right += Width)
        {
            byte special = TwistLanes.FindSpecial(left, right);
            TwistLanes.LoadAbscissae(left, out QuadraticLanes x1);
            TwistLanes.LoadAbscissae(right, out QuadraticLanes x2);
            TwistLanes.Subtract(in x2, in x1, out QuadraticLanes difference);
            QuadraticLanes.ToFactor(in difference, out QuadraticFactor denominator);
            if (special != 0)
            {
                SpecialTwistLanes.PatchDenominators(left, right, special, ref denominator);
            }

            scratch.Special[group] = special;
            MultiplyNorm(scratch, group, in denominator, out product);
        }
    }

    /// <summary>The same for doublings, whose denominators are 2y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNormsOfOrdinates(nuint* source, int groups, VectorScratch scratch, out FqLanes product)
    {
        product = default;
        LaneFactor.Broadcast(new Limbs(1, 0, 0, 0), out scratch.Prefixes[0]);
        for (int group = 0; group < groups; group++, source += Width)
        {
            TwistLanes.LoadUnsignedOrdinates(source, out QuadraticLanes y);
            TwistLanes.Add(in y, in y, out QuadraticLanes doubled);
            QuadraticLanes.ToFactor(in doubled, out QuadraticFactor denominator);
            MultiplyNorm(scratch, group, in denominator, out product);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyNorm(VectorScratch scratch, int group, in QuadraticFactor denominator, out FqLanes product)
    {
        QuadraticLanes.Norm(in denominator, out FqLanes norm);
        FqLanes.ToFactor(in norm, out scratch.Norms[group]);
        FqLanes.Multiply(in scratch.Prefixes[group], in scratch.Norms[group], out product);
        FqLanes.ToFactor(in product, out scratch.Prefixes[group + 1]);
    }

    /// <summary>Going down: takes each group's inverses out of the inverse of the product of all, and completes the additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWithInverses(
        nuint* left, nuint* right, nuint* destination, int groups, VectorScratch scratch, in LaneFactor inverseOfAll)
    {
        LaneFactor suffix = inverseOfAll;
        for (int group = groups - 1; group >= 0; group--)
        {
            nuint* first = left + (group * Width);
            nuint* second = right + (group * Width);
            byte special = scratch.Special[group];
            TwistLanes.LoadAbscissae(first, out QuadraticLanes x1);
            TwistLanes.LoadAbscissae(second, out QuadraticLanes x2);
            TwistLanes.LoadOrdinates(first, out QuadraticLanes y1);
            TwistLanes.LoadOrdinates(second, out QuadraticLanes y2);
            TwistLanes.Subtract(in x2, in x1, out QuadraticLanes difference);
            TwistLanes.Subtract(in y2, in y1, out QuadraticLanes numerator);
            QuadraticLanes.ToFactor(in difference, out QuadraticFactor denominator);
            if (special != 0)
            {
                SpecialTwistLanes.PatchDenominators(first, second, special, ref denominator);
                SpecialTwistLanes.PatchNumerators(first, second, special, ref numerator);
            }

            Divide(scratch, group, in numerator, in denominator, ref suffix, out QuadraticLanes slope);
            TwistLanes.Complete(in slope, in x1, in x2, in y1, out QuadraticLanes x3, out QuadraticLanes y3);
            if (special == 0)
            {
                TwistLanes.Store(destination + (group * Width), in x3, in y3);
            }
            else
            {
                SpecialTwistLanes.Store(first, second, destination + (group * Width), special, in x3, in y3);
            }
        }
    }

    /// <summary>Going down, for doublings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DoubleWithInverses(
        nuint* source, nuint* destination, int groups, VectorScratch scratch, in LaneFactor inverseOfAll)
    {
        LaneFactor suffix = inverseOfAll;
        for (int group = groups - 1; group >= 0; group--)
        {
            nuint* points = source + (group * Width);
            TwistLanes.LoadAbscissae(points, out QuadraticLanes x);
            TwistLanes.LoadUnsignedOrdinates(points, out QuadraticLanes y);
            TwistLanes.Add(in y, in y, out QuadraticLanes doubled);
            QuadraticLanes.ToFactor(in doubled, out QuadraticFactor denominator);
            QuadraticLanes.Square(in x, out QuadraticLanes numerator);
            AffineLanes.Triple(in numerator.C0, out numerator.C0);
            AffineLanes.Triple(in numerator.C1, out numerator.C1);
            Divide(scratch, group, in numerator, in denominator, ref suffix, out QuadraticLanes slope);
            TwistLanes.Complete(in slope, in x, in x, in y, out QuadraticLanes x3, out QuadraticLanes y3);
            TwistLanes.Store(destination + (group * Width), in x3, in y3);
        }
    }

    /// <summary>The group's slopes: numerator times conjugate of the denominator over its norm. Takes the group out of the suffix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Divide(
        VectorScratch scratch,
        int group,
        in QuadraticLanes numerator,
        in QuadraticFactor denominator,
        ref LaneFactor suffix,
        out QuadraticLanes slope)
    {
        FqLanes.Multiply(in suffix, in scratch.Prefixes[group], out FqLanes inverse);
        FqLanes.Multiply(in suffix, in scratch.Norms[group], out FqLanes rest);
        FqLanes.ToFactor(in rest, out suffix);
        FqLanes.ToFactor(in inverse, out LaneFactor inverseNorm);
        QuadraticLanes.MultiplyByConjugate(in numerator, in denominator, out QuadraticLanes product);
        QuadraticLanes.ToFactor(in product, out QuadraticFactor productFactor);
        FqLanes.Multiply(in productFactor.C0, in inverseNorm, out slope.C0);
        FqLanes.Multiply(in productFactor.C1, in inverseNorm, out slope.C1);
    }
}
