using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover.Stages;

/// <summary>
/// A table that loses its upper half in every round of a sumcheck. On a device it moves to the host when it is so short that the host is done
/// with a round before the device has been asked.
/// </summary>
/// <param name="kernels">The kernels that work on it.</param>
/// <param name="values">Its elements at first.</param>
internal sealed class ShrinkingTable(IFieldKernels kernels, FrSlice values) : IDisposable
{
    private FrVector? _moved;

    /// <summary>What is left.</summary>
    public FrSlice Values { get; private set; } = values;

    /// <summary>Forgets the upper half.</summary>
    public void Halve()
    {
        Values = Values.Slice(0, Values.Length / 2);
        if (Values.IsOnDevice && kernels.PrefersHost(Values.Length))
        {
            _moved = FrVector.Rent(Values.Length);
            Values.CopyTo(_moved.All);
            Values = _moved.All;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _moved?.Dispose();
}
