using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The batched addition by the field's own arithmetic: packed coordinates are its limbs. It is the specification of the vectorised
/// implementations, and what runs where AVX-512 is missing.
/// </summary>
internal sealed unsafe class ScalarBatchAdder<TField> : BatchAdder<TField>
    where TField : unmanaged, IFieldElement<TField>
{
    [ThreadStatic]
    private static TField[]? _scratch;

    private ScalarBatchAdder()
    {
    }

    public static ScalarBatchAdder<TField> Instance { get; } = new();

    /// <remarks>
    /// λ = Δy/Δx, x = λ² − x₁ − x₂, y = λ·(x₁ − x) − y₁. Going up, the denominators are multiplied together; going down, the inverse
    /// of the product of the first i + 1 yields the inverse of the i-th and of the product of the first i.
    /// </remarks>
    public override void Add(nuint* left, nuint* right, nuint* destination, int count)
    {
        Span<TField> prefixes = Scratch(count);
        TField product = TField.One;
        for (int i = 0; i < count; i++)
        {
            prefixes[i] = product;
            product *= Denominator(Signed(left[i]), Signed(right[i]));
        }

        TField suffix = product.Inverse();
        for (int i = count - 1; i >= 0; i--)
        {
            (TField X, TField Y) first = Signed(left[i]), second = Signed(right[i]);
            TField inverse = suffix * prefixes[i];
            suffix *= Denominator(first, second);
            (TField x, TField y) = Combine(first, second, inverse);
            Pack(x, y, (ulong*)destination[i]);
        }
    }

    /// <remarks>The same with λ = 3x²/2y.</remarks>
    public override void Double(nuint* source, nuint* destination, int count)
    {
        Span<TField> prefixes = Scratch(count);
        TField product = TField.One;
        for (int i = 0; i < count; i++)
        {
            prefixes[i] = product;
            product *= Signed(source[i]).Y.Double();
        }

        TField suffix = product.Inverse();
        for (int i = count - 1; i >= 0; i--)
        {
            (TField X, TField Y) point = Signed(source[i]);
            TField inverse = suffix * prefixes[i];
            suffix *= point.Y.Double();
            (TField x, TField y) = Combine(point, point, inverse);
            Pack(x, y, (ulong*)destination[i]);
        }
    }

    /// <inheritdoc/>
    protected override TField ToStored(in TField element) => element;

    /// <inheritdoc/>
    protected override TField FromStored(in TField stored) => stored;

    private static Span<TField> Scratch(int count) => (_scratch ??= new TField[AdditionList.Capacity]).AsSpan(0, count);

    /// <summary>The denominator of λ: the difference of the x, 2y for a doubling, and one where no λ is needed.</summary>
    private static TField Denominator(in (TField X, TField Y) first, in (TField X, TField Y) second)
    {
        if (IsInfinity(first) || IsInfinity(second))
        {
            return TField.One;
        }

        TField difference = second.X - first.X;
        return !difference.IsZero ? difference : first.Y.Equals(second.Y) ? first.Y.Double() : TField.One;
    }

    private static (TField X, TField Y) Combine(in (TField X, TField Y) first, in (TField X, TField Y) second, in TField inverse)
    {
        if (IsInfinity(first))
        {
            return second;
        }

        if (IsInfinity(second))
        {
            return first;
        }

        TField numerator = second.Y - first.Y;
        if (first.X.Equals(second.X))
        {
            if (!numerator.IsZero)
            {
                return default;
            }

            TField squared = first.X.Square();
            numerator = squared.Double() + squared;
        }

        TField slope = numerator * inverse;
        TField x = slope.Square() - first.X - second.X;
        return (x, (slope * (first.X - x)) - first.Y);
    }

    private static bool IsInfinity(in (TField X, TField Y) point) => point.X.IsZero && point.Y.IsZero;

    private static (TField X, TField Y) Signed(nuint reference)
    {
        (TField x, TField y) = Instance.Unpack(PointReference.Address(reference));
        return (x, PointReference.IsNegative(reference) ? -y : y);
    }
}
