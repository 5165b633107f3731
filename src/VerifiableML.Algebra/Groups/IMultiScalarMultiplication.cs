using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The sums of multiples of points that a prover takes, on the host or on a device; see <see cref="MultiScalarMultiplication"/> for what they
/// are. Every implementation gives the same points.
/// </summary>
public interface IMultiScalarMultiplication
{
    /// <summary>Field elements as scalars, wherever they are.</summary>
    /// <exception cref="ArgumentException">There are more scalars than bases.</exception>
    /// <exception cref="DeviceFailureException">The device failed.</exception>
    G1 Compute(G1Bases bases, FrSlice scalars);

    /// <summary>Many rows of signed integers against the same bases: one sum for each row.</summary>
    /// <param name="bases">At least <paramref name="columns"/> points.</param>
    /// <param name="matrix">The scalars, row after row, in an array that nobody writes to any more.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Scalars in a row.</param>
    /// <exception cref="ArgumentException">There are more columns than bases, or the matrix has another size.</exception>
    /// <exception cref="DeviceFailureException">The device failed.</exception>
    G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<int> matrix, int rows, int columns);
}

/// <summary>The same on the host's cores.</summary>
public sealed class HostMultiScalarMultiplication : IMultiScalarMultiplication
{
    /// <inheritdoc/>
    public G1 Compute(G1Bases bases, FrSlice scalars)
    {
        if (!scalars.IsOnDevice)
        {
            return MultiScalarMultiplication.Compute(bases, scalars);
        }

        using FrVector host = FrVector.Rent(scalars.Length);
        scalars.CopyTo(host.All);
        return MultiScalarMultiplication.Compute(bases, host.All);
    }

    /// <inheritdoc/>
    public G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<int> matrix, int rows, int columns) =>
        MultiScalarMultiplication.ComputeRows(bases, matrix, rows, columns);
}
