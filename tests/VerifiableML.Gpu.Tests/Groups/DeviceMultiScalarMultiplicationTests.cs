using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Tests.Groups;

/// <summary>The device's sums of multiples of points, on ILGPU's CPU accelerator, against the host's.</summary>
public sealed class DeviceMultiScalarMultiplicationTests(SimulatedSums simulated) : IClassFixture<SimulatedSums>
{
    private readonly DeviceMultiScalarMultiplication _sums = simulated.Sums;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(150)]
    public void Random_elements(int length)
    {
        var random = new Random(length);
        Check(TestPoints.Unrelated(length + 3), [.. Enumerable.Range(0, length).Select(_ => RandomElement(random))]);
    }

    [Fact]
    public void Scalars_may_be_on_the_device()
    {
        var random = new Random(3);
        Fr[] scalars = [.. Enumerable.Range(0, 30).Select(_ => RandomElement(random))];
        var bases = new G1Bases(TestPoints.Unrelated(30));
        using FrVector host = FrVector.From(scalars), device = simulated.Kernels.Rent(30);
        host.All.CopyTo(device.All);
        Assert.True(device.All.IsOnDevice);
        Assert.Equal(MultiScalarMultiplication.Compute(bases, host.Slice(3, 20)), _sums.Compute(bases, device.Slice(3, 20)));
    }

    /// <summary>Wide windows are for many points, which would take too long here; their buckets are reduced in two rounds.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(13)]
    public void Windows_of_every_width_give_the_same_sum(int width)
    {
        var random = new Random(width);
        using FrVector scalars = FrVector.From([.. Enumerable.Range(0, 40).Select(i => i < 8 ? Fr.FromInt64((1L << (width - 1)) - 4 + i) : RandomElement(random))]);
        var bases = new G1Bases(TestPoints.Unrelated(40));
        var plan = new DigitPlan(width, (DigitPlan.FieldBits + width) / width, 40, 1);
        Assert.Equal(MultiScalarMultiplication.Compute(bases, scalars.All), _sums.Compute(bases, scalars.All, plan));
    }

    /// <summary>The plans for an opening of a large model and for the target of 2^20 points: what a device has to do, in field multiplications.</summary>
    [Theory]
    [InlineData(20, 16, 16, 182)]
    [InlineData(17, 13, 20, 28)]
    public void Many_points_take_a_width_near_the_best(int logLength, int width, int windows, int millions)
    {
        DigitPlan plan = DigitPlan.Choose(DigitPlan.FieldBits, 1 << logLength, 1);
        Assert.Equal((width, windows), (plan.Width, plan.Windows));
        Assert.Equal(millions, plan.Multiplications / 1_000_000);
    }

    [Fact]
    public void Elements_at_the_ends_of_digits_and_of_the_field()
    {
        List<Fr> scalars = [Fr.Zero, Fr.One, -Fr.One];
        foreach (int bit in new[] { 1, 3, 4, 5, 127, 128, 252, 253 })
        {
            BigInteger power = BigInteger.One << bit;
            scalars.AddRange([Fr.FromBigInteger(power), Fr.FromBigInteger(power - 1), -Fr.FromBigInteger(power), Fr.FromBigInteger(power + 1)]);
        }

        BigInteger half = Fr.Modulus / 2;
        scalars.AddRange([Fr.FromBigInteger(half), Fr.FromBigInteger(half + 1), Fr.FromBigInteger(half - 1)]);
        Check(TestPoints.Unrelated(scalars.Count), [.. scalars]);
    }

    [Fact]
    public void One_bucket_with_all_the_points() => Check(TestPoints.Unrelated(100), [.. Enumerable.Repeat(Fr.One, 100)]);

    [Fact]
    public void Nothing_but_zeros() => Check(TestPoints.Unrelated(20), new Fr[20]);

    [Fact]
    public void The_same_point_again_and_again_is_doubled()
    {
        G1 point = G1.Generator.Multiply(Fr.FromUInt64(7));
        Check([.. Enumerable.Repeat(point, 70)], [.. Enumerable.Repeat(Fr.FromUInt64(3), 70)]);
    }

    [Fact]
    public void Opposite_points_and_opposite_scalars_cancel()
    {
        G1[] points = TestPoints.Unrelated(30);
        G1[] both = [.. points.SelectMany(point => new[] { point, -point })];
        Fr[] scalars = [.. Enumerable.Repeat(Fr.FromUInt64(5), 60)];
        Assert.Equal(G1.Infinity, Check(both, scalars));
        G1[] twice = [.. points.SelectMany(point => new[] { point, point })];
        Assert.Equal(G1.Infinity, Check(twice, [.. scalars.Select((s, i) => i % 2 == 0 ? s : -s)]));
    }

    [Fact]
    public void Infinity_among_the_bases()
    {
        G1[] points = TestPoints.Unrelated(40);
        for (int i = 0; i < points.Length; i += 3)
        {
            points[i] = G1.Infinity;
        }

        var random = new Random(5);
        Check(points, [.. points.Select((_, i) => i % 2 == 0 ? Fr.FromUInt64(9) : RandomElement(random))]);
        Assert.Equal(G1.Infinity, Check([.. Enumerable.Repeat(G1.Infinity, 20)], [.. Enumerable.Repeat(Fr.FromUInt64(9), 20)]));
    }

    [Fact]
    public void Bases_are_told_apart_and_used_again()
    {
        Fr[] scalars = [.. Enumerable.Range(1, 12).Select(i => Fr.FromUInt64((ulong)(i * i)))];
        G1Bases[] bases = [.. Enumerable.Range(0, 10).Select(i => new G1Bases(TestPoints.Unrelated(12 + i).AsSpan(i)))];
        using FrVector vector = FrVector.From(scalars);
        foreach (G1Bases each in (G1Bases[])[.. bases, .. bases])
        {
            Assert.Equal(MultiScalarMultiplication.Compute(each, vector.All), _sums.Compute(each, vector.All));
        }
    }

    [Theory]
    [InlineData(1, 60, 7)]
    [InlineData(3, 41, 127)]
    [InlineData(5, 40, 32767)]
    [InlineData(2, 40, int.MaxValue)]
    [InlineData(4, 1, 40)]
    public void Rows_of_integers(int rows, int columns, int limit)
    {
        var random = new Random(limit);
        int[] matrix = [.. Enumerable.Range(0, rows * columns).Select(i => i % 5 == 0 ? 0 : random.Next(-limit, limit))];
        matrix[0] = limit;
        matrix[^1] = -limit;
        CheckRows(matrix, rows, columns);
    }

    [Fact]
    public void Rows_of_the_smallest_integer_of_zeros_and_of_ones()
    {
        int[] matrix = [.. Enumerable.Repeat(int.MinValue, 20), .. new int[20], .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(-1, 20)];
        CheckRows(matrix, 4, 20);
        CheckRows(new int[40], 2, 20);
        CheckRows([], 3, 0);
        CheckRows([], 0, 5);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var bases = new G1Bases(TestPoints.Unrelated(3));
        using FrVector scalars = FrVector.Rent(4, cleared: true);
        Assert.Throws<ArgumentException>(() => _sums.Compute(bases, scalars.All));
        Assert.Throws<ArgumentException>(() => _sums.ComputeRows(bases, new int[8], 2, 4));
        Assert.Throws<ArgumentException>(() => _sums.ComputeRows(bases, new int[5], 2, 3));
    }

    private G1 Check(G1[] points, Fr[] scalars)
    {
        var bases = new G1Bases(points);
        using FrVector vector = FrVector.From(scalars);
        G1 sum = _sums.Compute(bases, vector.All);
        Assert.Equal(MultiScalarMultiplication.Compute(bases, vector.All), sum);
        return sum;
    }

    private void CheckRows(int[] matrix, int rows, int columns)
    {
        var bases = new G1Bases(TestPoints.Unrelated(columns + 1));
        Assert.Equal(MultiScalarMultiplication.ComputeRows(bases, matrix, rows, columns), _sums.ComputeRows(bases, matrix, rows, columns));
    }

    private static Fr RandomElement(Random random)
    {
        byte[] bytes = new byte[40];
        random.NextBytes(bytes);
        return Fr.FromWideBytes(bytes);
    }
}

/// <summary>A device for all tests of a class, so that its kernels are compiled once.</summary>
public sealed class SimulatedSums : IDisposable
{
    private readonly GpuDevice _device = GpuDevice.OpenSimulated();

    private readonly GpuFieldKernels _kernels;

    public SimulatedSums()
    {
        _kernels = new GpuFieldKernels(_device, FieldKernels.Best, hostLength: 0);
        Sums = new DeviceMultiScalarMultiplication(_kernels);
    }

    /// <summary>The device's vectors, however short.</summary>
    public IFieldKernels Kernels => _kernels;

    public DeviceMultiScalarMultiplication Sums { get; }

    public void Dispose()
    {
        _kernels.Dispose();
        _device.Dispose();
    }
}
