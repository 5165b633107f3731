using System.Security.Cryptography;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Tests.Fft;

/// <summary>The transforms of slices against those of arrays, which are the specification, at sizes below, at and above each threshold.</summary>
public class SliceTransformTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    public static TheoryData<int> LogSizes => [0, 1, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14];

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Slices_and_arrays_agree(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        Fr shift = Fr.Random(Generator);
        Fr[] elements = Draw(domain.Size);
        Check(elements, domain.Transform, domain.Transform);
        Check(elements, domain.InverseTransform, domain.InverseTransform);
        Check(elements, values => domain.TransformOnCoset(values, shift), values => domain.TransformOnCoset(values, shift));
        Check(elements, values => domain.InverseTransformOnCoset(values, shift), values => domain.InverseTransformOnCoset(values, shift));
        Check(
            elements,
            values =>
            {
                domain.InverseTransform(values);
                domain.TransformOnCoset(values, shift);
            },
            values => EvaluationDomain.Shared(logSize).MoveToCoset(values, shift));
    }

    [Fact]
    public void Slices_need_not_be_aligned_and_neighbours_stay_as_they_are()
    {
        var domain = new EvaluationDomain(7);
        Fr[] elements = Draw(domain.Size + 5);
        using FrVector vector = FrVector.From(elements);
        Fr[] expected = elements[3..^2];
        domain.Transform(expected);
        domain.Transform(vector.Slice(3, domain.Size));
        Assert.Equal([.. elements[..3], .. expected, .. elements[^2..]], vector.All.ToArray());
    }

    [Fact]
    public void Other_sizes_are_refused()
    {
        var domain = new EvaluationDomain(6);
        using FrVector vector = FrVector.Rent(65, cleared: true);
        Assert.Throws<ArgumentException>(() => domain.Transform(vector.All));
        Assert.Throws<ArgumentException>(() => domain.InverseTransformOnCoset(vector.Slice(0, 32), Fr.One));
    }

    private static void Check(Fr[] elements, Action<Memory<Fr>> onArray, Action<FrSlice> onSlice)
    {
        Fr[] expected = [.. elements];
        onArray(expected);
        using FrVector vector = FrVector.From(elements);
        onSlice(vector.All);
        Assert.Equal(expected, vector.All.ToArray());
    }

    /// <summary>Random elements among zeros and the largest element.</summary>
    private static Fr[] Draw(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (i % 7) switch { 3 => Fr.Zero, 5 => -Fr.One, _ => Fr.Random(Generator) })];
}
