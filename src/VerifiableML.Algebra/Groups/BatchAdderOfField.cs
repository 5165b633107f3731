using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>A <see cref="BatchAdder"/> for a curve y² = x³ + b over a field, and how it keeps coordinates in memory.</summary>
/// <typeparam name="TField">The field of the coordinates, as in <see cref="JacobianPoint{TField}"/>.</typeparam>
internal abstract unsafe class BatchAdder<TField> : BatchAdder
    where TField : unmanaged, IFieldElement<TField>
{
    /// <summary>Words of one coordinate.</summary>
    protected static int CoordinateWords => sizeof(TField) / sizeof(ulong);

    /// <inheritdoc/>
    public sealed override int Words => 2 * CoordinateWords;

    /// <summary>Writes a point in packed form; (0, 0) stands for infinity.</summary>
    public void Pack(in TField x, in TField y, ulong* destination)
    {
        if (x.IsZero && y.IsZero)
        {
            PackedPoint.SetInfinity(destination, Words);
            return;
        }

        Unsafe.WriteUnaligned(destination, ToStored(x));
        Unsafe.WriteUnaligned(destination + CoordinateWords, ToStored(y));
    }

    /// <summary>Reads a point from packed form; (0, 0) for infinity.</summary>
    public (TField X, TField Y) Unpack(ulong* source) => PackedPoint.IsInfinity(source)
        ? default
        : (FromStored(Unsafe.ReadUnaligned<TField>(source)), FromStored(Unsafe.ReadUnaligned<TField>(source + CoordinateWords)));

    /// <summary>The number that stands for a coordinate in memory.</summary>
    protected abstract TField ToStored(in TField element);

    /// <summary>The coordinate that a number in memory stands for.</summary>
    protected abstract TField FromStored(in TField stored);
}
