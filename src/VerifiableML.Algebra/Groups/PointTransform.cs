using VerifiableML.Algebra.Fft;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The transform behind <see cref="GroupTransform"/>, in place: layers of butterflies (a, b) ← (a + b, (a − b)·ω^(−k)) on blocks of halving
/// size (decimation in frequency), then the permutation that undoes their bit-reversed order. The division by n costs next to nothing: an
/// element is divided where it first takes the lower branch of a butterfly and is multiplied anyway. Those that have not been divided yet are
/// the first block of each layer, and at the end the first element.
/// </summary>
internal sealed unsafe class PointTransform
{
    // Butterflies that a thread works on at a time.
    private const int JobLength = MultiplicationList.Capacity;

    private readonly BatchAdder _adder;
    private readonly PointBuffer _points;
    private readonly int _logSize;
    private readonly SplitScalar[] _roots;
    private readonly SplitScalar[] _dividedRoots;

    /// <param name="adder">The group.</param>
    /// <param name="points">As many points as the domain has.</param>
    /// <param name="domain">Size and roots of unity.</param>
    public PointTransform(BatchAdder adder, PointBuffer points, EvaluationDomain domain)
    {
        _adder = adder;
        _points = points;
        _logSize = domain.LogSize;
        Fr inverse = domain.Generator.Inverse();
        _roots = Split(Fr.One, inverse, domain.Size / 2);
        _dividedRoots = Split(Fr.FromUInt64((ulong)domain.Size).Inverse(), inverse, Math.Max(1, domain.Size / 2));
    }

    private int Size => 1 << _logSize;

    /// <summary>All of the points.</summary>
    public void Run()
    {
        for (int half = Size / 2; half >= 1; half /= 2)
        {
            ApplyLayer(0, Size, half);
        }

        MultiplicationList list = MultiplicationList.Rent(_adder);
        list.Add(PointReference.To(_points.At(0)), _dividedRoots[0], _points.At(0));
        list.Flush();
        MultiplicationList.Return(list);
        Permute(0, _logSize);
    }

    /// <summary>Those at odd powers of the root only, which end up, in their order, in the upper half of the points; the lower half is lost.</summary>
    public void RunOdd()
    {
        int start = Size / 2;
        ApplyLayer(0, Size, start);
        for (int half = start / 2; half >= 1; half /= 2)
        {
            ApplyLayer(start, start, half);
        }

        Permute(start, _logSize - 1);
    }

    /// <summary>scale·ratioⁱ for i below <paramref name="count"/>.</summary>
    private static SplitScalar[] Split(Fr scale, Fr ratio, int count)
    {
        const int chunkLength = 1024;
        var scalars = new SplitScalar[count];
        Workers.For((count + chunkLength - 1) / chunkLength, chunk =>
        {
            int start = chunk * chunkLength;
            Fr power = scale * ratio.Pow((ulong)start);
            for (int i = start; i < Math.Min(start + chunkLength, count); i++, power *= ratio)
            {
                scalars[i] = SplitScalar.Of(power);
            }
        });
        return scalars;
    }

    /// <summary>The butterflies of all blocks of 2·half points from <paramref name="start"/> on.</summary>
    private void ApplyLayer(int start, int length, int half)
    {
        int butterflies = length / 2;
        Workers.For((butterflies + JobLength - 1) / JobLength, job =>
        {
            MultiplicationList list = MultiplicationList.Rent(_adder);
            int first = job * JobLength;
            ApplyButterflies(start, half, first, Math.Min(first + JobLength, butterflies), list);
            MultiplicationList.Return(list);
        });
    }

    private void ApplyButterflies(int start, int half, int first, int end, MultiplicationList list)
    {
        AdditionList additions = list.Additions;
        for (int k = first; k < end; k++)
        {
            ulong* lower = Lower(start, half, k), upper = lower + ((nint)half * _adder.Words);
            additions.Add(PointReference.To(lower), PointReference.To(upper) | 1, list.Scratch.At(k - first));
        }

        additions.Flush();
        for (int k = first; k < end; k++)
        {
            ulong* lower = Lower(start, half, k), upper = lower + ((nint)half * _adder.Words);
            additions.Add(PointReference.To(lower), PointReference.To(upper), lower);
        }

        additions.Flush();
        int step = Size / (2 * half);
        for (int k = first; k < end; k++)
        {
            ulong* upper = Lower(start, half, k) + ((nint)half * _adder.Words);
            nuint difference = PointReference.To(list.Scratch.At(k - first));
            int exponent = (k & (half - 1)) * step;
            if (start == 0 && k < half)
            {
                list.Add(difference, _dividedRoots[exponent], upper);
            }
            else if (exponent != 0)
            {
                list.Add(difference, _roots[exponent], upper);
            }
            else
            {
                PackedPoint.Copy(difference, upper, _adder.Words);
            }
        }

        list.Flush();
    }

    /// <summary>The first operand of butterfly <paramref name="k"/>, counted block by block.</summary>
    private ulong* Lower(int start, int half, int k) => _points.At(start + (2 * k) - (k & (half - 1)));

    private void Permute(int start, int logSize)
    {
        ulong* place = stackalloc ulong[_adder.Words];
        for (int i = 1; i < 1 << logSize; i++)
        {
            int j = BitReversal.Reverse(i, logSize);
            if (i < j)
            {
                PackedPoint.Copy(PointReference.To(_points.At(start + i)), place, _adder.Words);
                PackedPoint.Copy(PointReference.To(_points.At(start + j)), _points.At(start + i), _adder.Words);
                PackedPoint.Copy(PointReference.To(place), _points.At(start + j), _adder.Words);
            }
        }
    }
}
