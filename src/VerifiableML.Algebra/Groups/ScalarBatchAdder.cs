using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition on <see cref="Fq"/>: packed coordinates are its limbs. It is the specification of the vectorised
/// implementation, and what runs where AVX-512 is missing.
/// </summary>
internal sealed unsafe class ScalarBatchAdder : BatchAdder
{
    [ThreadStatic]
    private static Fq[]? _scratch;

    private ScalarBatchAdder()
    {
    }

    public static ScalarBatchAdder Instance { get; } = new();

    public override void Pack(in G1 point, ulong* destination)
    {
        if (point.IsInfinity)
        {
            PackedPoint.SetInfinity(destination);
            return;
        }

        Unsafe.WriteUnaligned(destination, point.X);
        Unsafe.WriteUnaligned(destination + 4, point.Y);
    }

    public override G1 Unpack(ulong* source) => PackedPoint.IsInfinity(source)
        ? G1.Infinity
        : new G1(Unsafe.ReadUnaligned<Fq>(source), Unsafe.ReadUnaligned<Fq>(source + 4));

    /// <remarks>
    /// λ = Δy/Δx, x = λ² − x₁ − x₂, y = λ·(x₁ − x) − y₁. Going up, the denominators are multiplied together; going down, the inverse
    /// of the product of the first i + 1 yields the inverse of the i-th and of the product of the first i.
    /// </remarks>
    public override void Add(nuint* left, nuint* right, nuint* destination, int count)
    {
        _scratch ??= new Fq[AdditionList.Capacity];
        Span<Fq> prefixes = _scratch.AsSpan(0, count);
        Fq product = Fq.One;
        for (int i = 0; i < count; i++)
        {
            prefixes[i] = product;
            product *= Denominator(Unpack(PointReference.Address(left[i])), Unpack(PointReference.Address(right[i])), left[i], right[i]);
        }

        Fq suffix = product.Inverse();
        for (int i = count - 1; i >= 0; i--)
        {
            G1 first = Signed(left[i]);
            G1 second = Signed(right[i]);
            Fq inverse = suffix * prefixes[i];
            suffix *= Denominator(first, second, left[i], right[i]);
            Pack(Combine(first, second, inverse), (ulong*)destination[i]);
        }
    }

    /// <summary>The denominator of λ: the difference of the x, 2y for a doubling, and one where no λ is needed.</summary>
    private static Fq Denominator(in G1 first, in G1 second, nuint left, nuint right)
    {
        Fq difference = second.X - first.X;
        if (!difference.IsZero && !first.IsInfinity && !second.IsInfinity)
        {
            return difference;
        }

        G1 signedFirst = Signed(left);
        return signedFirst == Signed(right) && !signedFirst.IsInfinity ? signedFirst.Y.Double() : Fq.One;
    }

    private static G1 Combine(in G1 first, in G1 second, in Fq inverse)
    {
        if (first.IsInfinity)
        {
            return second;
        }

        if (second.IsInfinity)
        {
            return first;
        }

        Fq numerator = second.Y - first.Y;
        if (first.X == second.X)
        {
            if (!numerator.IsZero)
            {
                return G1.Infinity;
            }

            Fq squared = first.X.Square();
            numerator = squared.Double() + squared;
        }

        Fq slope = numerator * inverse;
        Fq x = slope.Square() - first.X - second.X;
        return new G1(x, (slope * (first.X - x)) - first.Y);
    }

    private static G1 Signed(nuint reference)
    {
        G1 point = Instance.Unpack(PointReference.Address(reference));
        return PointReference.IsNegative(reference) ? -point : point;
    }
}
