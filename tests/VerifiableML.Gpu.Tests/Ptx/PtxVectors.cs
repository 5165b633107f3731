using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>Vectors for kernels that a <see cref="PtxMachine"/> runs, two groups of two threads at a time.</summary>
internal sealed class PtxVectors
{
    private const int Groups = 2, GroupSize = 2;

    private readonly PtxMachine _machine = new();

    public PtxSlice Put(Fr[] elements)
    {
        using FrVector vector = FrVector.From(elements);
        int offset = 3, stride = elements.Length + 5;
        var words = new ulong[4 * stride];
        for (int plane = 0; plane < 4; plane++)
        {
            vector.All.Plane(plane).CopyTo(words.AsSpan((plane * stride) + offset));
        }

        return new PtxSlice(_machine.Allocate<ulong>(words), offset, stride, elements.Length);
    }

    public Fr[] Get(PtxSlice slice)
    {
        ulong[] words = _machine.Read<ulong>(slice.Words);
        return [.. Enumerable.Range(slice.Offset, slice.Length).Select(i => new Fr(
            words[i], words[i + slice.Stride], words[i + (2 * slice.Stride)], words[i + (3 * slice.Stride)]))];
    }

    public PtxView Elements(params Fr[] elements) => _machine.Allocate<DeviceElement>([.. elements.Select(DeviceElement.From)]);

    public Fr[] Elements(PtxView view) => [.. _machine.Read<DeviceElement>(view).Select(element => element.ToFr())];

    public PtxView Integers(params int[] integers) => _machine.Allocate<int>(integers);

    public void Run(Type kernels, string name, params object[] arguments) =>
        _machine.Launch(PtxCompiler.Compile(kernels, name), Groups, GroupSize, arguments);

    /// <summary>Runs a kernel whose last argument takes partial sums, and adds them up.</summary>
    public Fr[] Sums(Type kernels, string name, int each, params object[] arguments)
    {
        PtxView partial = Elements(new Fr[Groups * each]);
        Run(kernels, name, [.. arguments, partial]);
        Fr[] values = Elements(partial);
        return [.. Enumerable.Range(0, each).Select(k => Enumerable.Range(0, Groups).Aggregate(Fr.Zero, (sum, g) => sum + values[(g * each) + k]))];
    }
}
