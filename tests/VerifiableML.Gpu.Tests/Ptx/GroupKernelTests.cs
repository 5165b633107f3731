using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Groups.Kernels;
using VerifiableML.Gpu.Tests.Groups;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>The kernels of the bucket method as a device gets them, word for word, run by <see cref="PtxMachine"/>.</summary>
public sealed class GroupKernelTests
{
    private static readonly G1[] Points = [.. TestPoints.Unrelated(6), G1.Infinity, TestPoints.Unrelated(1)[0], -TestPoints.Unrelated(2)[1]];

    /// <summary>Three threads with four entries each: runs within a share, across shares, over all of one; doubling, cancelling, infinity, signs.</summary>
    [Fact]
    public void Points_are_added_up()
    {
        int[] keys = [0, 0, 1, 2, 2, 2, 2, 2, 2, 5, 5];
        int[] columns = [0, 7, 1, 1, 8, 2, 3, 6, 4, 5, 5];
        bool[] negative = [false, false, true, false, false, false, true, false, false, true, false];
        uint[] entries = [.. columns.Select((column, i) => (uint)column | (negative[i] ? DigitKernels.NegativeBit : 0))];
        var machine = new PtxMachine();
        PtxView buckets = machine.Allocate<DeviceSum>(new DeviceSum[6]), partKeys = machine.Allocate<int>(new int[6]), parts = machine.Allocate<DeviceSum>(new DeviceSum[6]);
        PtxView bases = machine.Allocate<DevicePoint>([.. Points.Select(ToDevice)]);
        machine.Launch(
            PtxCompiler.Compile(typeof(BucketKernels), nameof(BucketKernels.AddPoints)), 2, 2,
            new PtxViews(machine.Allocate<int>(keys), machine.Allocate<uint>(entries)), machine.Allocate<int>([keys.Length]), bases, 4, 3, buckets, new PtxViews(partKeys, parts));

        G1 Sum(int first, int end) => Enumerable.Range(first, end - first).Aggregate(
            G1.Infinity, (sum, i) => negative[i] ? sum - Points[columns[i]] : sum + Points[columns[i]]);
        Assert.Equal([0, 2, 2, BucketKernels.NoBucket, 2, 5], machine.Read<int>(partKeys));
        DeviceSum[] sums = machine.Read<DeviceSum>(parts);
        Assert.Equal([Sum(0, 2), Sum(3, 4), Sum(4, 8), Sum(8, 9), Sum(9, 11)], new[] { 0, 1, 2, 4, 5 }.Select(i => ToHost(sums[i])));
        Assert.Equal([G1.Infinity, Sum(2, 3), G1.Infinity, G1.Infinity, G1.Infinity, G1.Infinity], machine.Read<DeviceSum>(buckets).Select(ToHost));

        // And the parts to their buckets, by two threads and then by one.
        PtxView mergedKeys = machine.Allocate<int>(new int[4]), merged = machine.Allocate<DeviceSum>(new DeviceSum[4]);
        machine.Launch(
            PtxCompiler.Compile(typeof(BucketKernels), nameof(BucketKernels.AddParts)), 1, 2, new PtxViews(partKeys, parts), 6, 3, 2, buckets, new PtxViews(mergedKeys, merged));
        machine.Launch(
            PtxCompiler.Compile(typeof(BucketKernels), nameof(BucketKernels.PutParts)), 1, 2, new PtxViews(mergedKeys, merged), 4, buckets);
        Assert.Equal(
            [Sum(0, 2), Sum(2, 3), Sum(3, 9), G1.Infinity, G1.Infinity, Sum(9, 11)], machine.Read<DeviceSum>(buckets).Select(ToHost));
    }

    [Fact]
    public void Buckets_are_reduced()
    {
        var machine = new PtxMachine();
        G1[] points = [.. Points[..6], Points[0], Points[0]];
        PtxView terms = machine.Allocate<DeviceSum>([.. points.Select(ToSum)]);
        PtxView sums = machine.Allocate<DeviceSum>(new DeviceSum[2]), weighted = machine.Allocate<DeviceSum>(new DeviceSum[2]);
        machine.Launch(PtxCompiler.Compile(typeof(BucketKernels), nameof(BucketKernels.SumWeighted)), 1, 3, terms, 4, 2, sums, weighted);
        G1 Sum(int first, Func<int, ulong> weight) => Enumerable.Range(0, 4).Aggregate(
            G1.Infinity, (sum, k) => sum + points[first + k].Multiply(Fr.FromUInt64(weight(k))));
        Assert.Equal([Sum(0, _ => 1), Sum(4, _ => 1)], machine.Read<DeviceSum>(sums).Select(ToHost));
        Assert.Equal([Sum(0, k => (ulong)k + 1), Sum(4, k => (ulong)k + 1)], machine.Read<DeviceSum>(weighted).Select(ToHost));
        machine.Launch(PtxCompiler.Compile(typeof(BucketKernels), nameof(BucketKernels.Sum)), 1, 2, terms, 4, 2, weighted);
        Assert.Equal(machine.Read<DeviceSum>(sums).Select(ToHost), machine.Read<DeviceSum>(weighted).Select(ToHost));
    }

    /// <summary>The digits of the lists, times their windows' powers of two, are the scalars.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(13)]
    [InlineData(16)]
    public void Digits_of_elements_make_up_the_scalars(int width)
    {
        Fr[] scalars = [Fr.Zero, Fr.One, -Fr.One, Fr.FromInt64(-(1 << (width - 1))), Fr.FromBigInteger(Fr.Modulus / 2), Fr.FromBigInteger((Fr.Modulus / 2) + 1), Fr.FromUInt64(0x9E37_79B9_7F4A_7C15).Pow(9)];
        var plan = new DigitPlan(width, (DigitPlan.FieldBits + width) / width, scalars.Length, 1);
        var machine = new PtxMachine();
        ulong[] planes = new ulong[4 * 8];
        for (int i = 0; i < scalars.Length; i++)
        {
            DeviceElement element = DeviceElement.From(scalars[i]);
            (planes[i + 1], planes[i + 9]) = (element.L0 | ((ulong)element.L1 << 32), element.L2 | ((ulong)element.L3 << 32));
            (planes[i + 17], planes[(i + 25) % 32]) = (element.L4 | ((ulong)element.L5 << 32), element.L6 | ((ulong)element.L7 << 32));
        }

        PtxView words = machine.Allocate<ulong>(planes);
        Check(machine, plan, scalars, nameof(DigitKernels.CountElements), nameof(DigitKernels.PlaceElements), new PtxSlice(words, 1, 8, scalars.Length));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void Digits_of_integers_make_up_the_scalars(int width)
    {
        int[] matrix = [0, 1, -1, int.MaxValue, int.MinValue, 12345, -(1 << (width - 1)), 1 << (width - 1)];
        var plan = new DigitPlan(width, (32 + width) / width, 4, 2);
        var machine = new PtxMachine();
        Check(machine, plan, [.. matrix.Select(value => Fr.FromInt64(value))], nameof(DigitKernels.CountIntegers), nameof(DigitKernels.PlaceIntegers), machine.Allocate<int>(matrix));
    }

    private static void Check(PtxMachine machine, DigitPlan plan, Fr[] scalars, string count, string place, params object[] source)
    {
        PtxView counts = machine.Allocate<int>(new int[plan.Buckets + 1]);
        machine.Launch(PtxCompiler.Compile(typeof(DigitKernels), count), 3, 4, [.. source, plan, counts]);
        int[] counted = machine.Read<int>(counts);
        int[] starts = new int[counted.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + counted[i - 1];
        }

        // The device's own scan says the same.
        PtxView before = machine.Allocate<int>([0, 0]);
        int half = ScanKernels.Stretch;
        PtxView few = machine.Allocate<int>(counted.AsSpan(0, half + 3));
        machine.Launch(PtxCompiler.Compile(typeof(ScanKernels), nameof(ScanKernels.SumStretches)), 1, 3, few, half + 3, before);
        int[] sums = machine.Read<int>(before);
        Assert.Equal([counted[..half].Sum(), counted[half..(half + 3)].Sum()], sums);
        machine.Launch(
            PtxCompiler.Compile(typeof(ScanKernels), nameof(ScanKernels.ScanStretches)), 1, 3, few, half + 3, machine.Allocate<int>([0, sums[0]]));
        Assert.Equal(starts[..(half + 3)], machine.Read<int>(few));

        int total = starts[^1];
        PtxView keys = machine.Allocate<int>(new int[total]), entries = machine.Allocate<uint>(new uint[total]);
        machine.Launch(
            PtxCompiler.Compile(typeof(DigitKernels), place), 3, 4, [.. source, plan, machine.Allocate<int>(starts), new PtxViews(keys, entries)]);
        Fr[] sumsOfDigits = new Fr[scalars.Length];
        foreach ((int key, uint entry) in machine.Read<int>(keys).Zip(machine.Read<uint>(entries)))
        {
            (int problem, int bucket) = Math.DivRem(key, plan.BucketsInProblem);
            (int row, int window) = Math.DivRem(problem, plan.Windows);
            Fr digit = Fr.FromInt64(bucket + 1) * Fr.FromUInt64(2).Pow((ulong)(window * plan.Width));
            int at = (row * plan.Columns) + (int)(entry & ~DigitKernels.NegativeBit);
            sumsOfDigits[at] += (entry & DigitKernels.NegativeBit) != 0 ? -digit : digit;
        }

        Assert.Equal(scalars, sumsOfDigits);
    }

    private static DevicePoint ToDevice(G1 point) => new() { X = DeviceElement.From(point.X), Y = DeviceElement.From(point.Y) };

    /// <summary>A representation with denominators that are not one.</summary>
    private static DeviceSum ToSum(G1 point)
    {
        Fq z = Fq.FromUInt64(77), zz = z.Square(), zzz = zz * z;
        return point.IsInfinity ? default : new DeviceSum
        {
            X = DeviceElement.From(point.X * zz),
            Y = DeviceElement.From(point.Y * zzz),
            ZZ = DeviceElement.From(zz),
            ZZZ = DeviceElement.From(zzz),
        };
    }

    private static G1 ToHost(DeviceSum sum)
    {
        Fq zz = sum.ZZ.ToFq(), zzz = sum.ZZZ.ToFq();
        Assert.Equal(zz * zz * zz, zzz * zzz);
        return zz.IsZero ? G1.Infinity : new G1(sum.X.ToFq() * zz.Inverse(), sum.Y.ToFq() * zzz.Inverse());
    }
}
