using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Vectors;

/// <summary>Slices of the same length at odd offsets within longer vectors, whose other elements no kernel may touch.</summary>
internal sealed class SampleVectors : IDisposable
{
    private const int Margin = 9;

    private readonly FrVector[] _vectors;

    public SampleVectors(IFieldKernels kernels, int length, int count)
    {
        _vectors = new FrVector[count];
        Slices = new FrSlice[count];
        for (int k = 0; k < count; k++)
        {
            _vectors[k] = kernels.Rent(length + (2 * Margin));
            _vectors[k].All.CopyFrom(FieldSamples.Mixed(length + (2 * Margin), seed: k + 1));
            Slices[k] = _vectors[k].Slice(Margin - k, length);
        }
    }

    public FrSlice[] Slices { get; }

    /// <summary>The elements before and after the slices.</summary>
    public IEnumerable<Fr> Surroundings => _vectors.SelectMany(
        (v, k) => v.Slice(0, Margin - k).ToArray().Concat(v.Slice(v.Length - Margin - k, Margin + k).ToArray()));

    public void Dispose()
    {
        foreach (FrVector vector in _vectors)
        {
            vector.Dispose();
        }
    }
}
