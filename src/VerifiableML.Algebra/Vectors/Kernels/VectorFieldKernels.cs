using System.Runtime.CompilerServices;
using FrLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// The kernels eight elements at a time with AVX-512, and over all cores for large slices. <see cref="ReferenceFieldKernels"/> is the
/// specification; it also does what is left over when a length is not a multiple of eight. One file per group of kernels.
/// </summary>
public sealed partial class VectorFieldKernels : IFieldKernels
{
    private const int Width = FrLanes.Width;

    private static readonly ReferenceFieldKernels Scalar = new();

    /// <summary>Creates the kernels.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine lacks the instructions; see <see cref="IsSupported"/>.</exception>
    public VectorFieldKernels()
    {
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException("The vector kernels need AVX-512F and AVX-512DQ.");
        }
    }

    /// <summary>True where this machine has the instructions.</summary>
    public static bool IsSupported => FrLanes.IsSupported;

    /// <inheritdoc/>
    public IIntegerAccumulator CreateAccumulator(int length) => new VectorIntegerAccumulator(length);

    /// <summary>The largest number of elements up to <paramref name="count"/> that whole groups of lanes cover.</summary>
    private static int WholeGroups(int count) => count & -Width;

    /// <summary>Element <paramref name="i"/> of a slice as the origin for loads and stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong At(FrSlice slice, int i) => ref Unsafe.Add(ref slice.Origin, i);

    /// <summary>A copy of the elements from <paramref name="start"/> on of both halves, for the scalar rest of a round.</summary>
    private static FrVector RestOfHalves(FrSlice values, int start)
    {
        int h = values.Length / 2;
        FrVector rest = FrVector.Rent(2 * (h - start));
        values.Slice(start, h - start).CopyTo(rest.Slice(0, h - start));
        values.Slice(start + h, h - start).CopyTo(rest.Slice(h - start, h - start));
        return rest;
    }
}
