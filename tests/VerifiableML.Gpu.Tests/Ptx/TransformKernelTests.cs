using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Gpu.Fft;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>The kernels of the transform as a device gets them, with shared memory and barriers, run by <see cref="PtxMachine"/>.</summary>
public sealed class TransformKernelTests
{
    [Fact]
    public void Two_passes_are_the_host_s_transform()
    {
        const int LogSize = 6, Size = 1 << LogSize, Offset = 3, Stride = Size + 5;
        Fr[] values = [.. Enumerable.Range(0, Size).Select(i => Fr.FromUInt64(0x9E37_79B9_7F4A_7C15).Pow((ulong)i + 3))];
        Fr root = EvaluationDomain.RootOfUnity(LogSize);
        var machine = new PtxMachine();
        PtxView roots = machine.Allocate<DeviceElement>([.. Enumerable.Range(0, Size / 2).Select(i => DeviceElement.From(root.Pow((ulong)i)))]);
        ulong[] words = new ulong[4 * Stride];
        for (int i = 0; i < Size; i++)
        {
            DeviceElement element = DeviceElement.From(values[i]);
            (words[Offset + i], words[Offset + i + Stride]) = (element.L0 | ((ulong)element.L1 << 32), element.L2 | ((ulong)element.L3 << 32));
            (words[Offset + i + (2 * Stride)], words[Offset + i + (3 * Stride)]) = (element.L4 | ((ulong)element.L5 << 32), element.L6 | ((ulong)element.L7 << 32));
        }

        PtxView work = machine.Allocate<ulong>(words), result = machine.Allocate<ulong>(new ulong[4 * Size]);
        var slice = new PtxSlice(work, Offset, Stride, Size);
        TransformPass[] passes = TransformPlan.Of(LogSize, lastBits: 3, mostBits: 3);
        Assert.Equal(2, passes.Length);
        machine.Launch(
            PtxCompiler.Compile(typeof(TransformKernels), nameof(TransformKernels.Run)), passes[0].Tiles, 4, slice, roots, passes[0]);
        machine.Launch(
            PtxCompiler.Compile(typeof(TransformKernels), nameof(TransformKernels.RunLast)), passes[1].Tiles, 3, slice, roots, passes[1], 0, new PtxSlice(result, 0, Size, Size));
        new EvaluationDomain(LogSize).Transform(values.AsMemory());
        ulong[] transformed = machine.Read<ulong>(result);
        Assert.Equal(values, Enumerable.Range(0, Size).Select(i => new Fr(
            transformed[i], transformed[i + Size], transformed[i + (2 * Size)], transformed[i + (3 * Size)])));
    }
}
