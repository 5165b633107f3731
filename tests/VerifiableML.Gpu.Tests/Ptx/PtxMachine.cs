using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>An argument that is a view of memory: where it begins and how many elements it has, as ILGPU passes it.</summary>
/// <param name="Address">In global memory.</param>
/// <param name="Length">In elements.</param>
internal readonly record struct PtxView(ulong Address, long Length);

/// <summary>An argument that is a structure of two views.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
internal readonly record struct PtxViews(PtxView First, PtxView Second);

/// <summary>An argument that is a <c>DeviceSlice</c>: its fields, and what fills its last word.</summary>
/// <param name="Words">The words of all planes.</param>
/// <param name="Offset">Where element 0 begins in plane 0.</param>
/// <param name="Stride">Words from one plane to the next.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Padding">Nothing.</param>
internal readonly record struct PtxSlice(PtxView Words, int Offset, int Stride, int Length, int Padding = 0);

/// <summary>
/// A device that interprets PTX: global memory, and groups of threads that run one after the other from barrier to barrier. It knows what our kernels
/// use and refuses the rest; reading a register that was not written, a carry flag that no instruction before has set, or memory that
/// nobody allocated, is an error, where a real device would go on with anything.
/// </summary>
internal sealed class PtxMachine
{
    // Address zero is nobody's, and every array has unallocated words behind it.
    private const int Gap = 256;

    private readonly List<(ulong Start, byte[] Bytes)> _arrays = [];
    private readonly List<(ulong Start, ulong Length)> _native = [];
    private ulong _next = Gap;

    /// <summary>Puts an array into global memory.</summary>
    public PtxView Allocate<T>(ReadOnlySpan<T> data)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(data).ToArray();
        ulong start = _next;
        _arrays.Add((start, bytes));
        _next = (start + (ulong)bytes.Length + (2 * Gap) - 1) / Gap * Gap;
        return new PtxView(start, data.Length);
    }

    /// <summary>Reads an array back.</summary>
    public T[] Read<T>(PtxView view)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Global(view.Address, checked((int)view.Length * Unsafe.SizeOf<T>()))).ToArray();

    /// <summary>Runs a kernel for so many groups.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="groups">Groups of the grid.</param>
    /// <param name="groupSize">Threads of a group.</param>
    /// <param name="arguments">Integers, structures without references in them, and views, as the kernel has them.</param>
    public void Launch(PtxKernel kernel, int groups, int groupSize, params object[] arguments) =>
        LaunchRow(kernel, groups, groupSize, kernel.Pack(arguments), 0);

    /// <summary>Runs a kernel on memory of this process: that of the views among its arguments, and no other.</summary>
    public void LaunchOnNative(PtxKernel kernel, int groups, int groupSize, NativeArguments arguments)
    {
        _native.Clear();
        _native.AddRange(arguments.Memory);
        LaunchRow(kernel, groups, groupSize, kernel.Pack(arguments.Values), 0);
    }

    /// <summary>Runs a kernel for a grid of <paramref name="groups"/> × <paramref name="rows"/> groups.</summary>
    public void LaunchRows(PtxKernel kernel, int groups, int rows, int groupSize, params object[] arguments)
    {
        byte[] parameters = kernel.Pack(arguments);
        for (int row = 0; row < rows; row++)
        {
            LaunchRow(kernel, groups, groupSize, parameters, row);
        }
    }

    private void LaunchRow(PtxKernel kernel, int groups, int groupSize, byte[] parameters, int row)
    {
        for (int group = 0; group < groups; group++)
        {
            byte[] shared = new byte[kernel.SharedBytes];
            PtxThread[] threads = [.. Enumerable.Range(0, groupSize).Select(thread =>
                new PtxThread(this, kernel, parameters, shared, thread, group, groupSize, groups, row))];
            while (threads.Any(thread => !thread.Done))
            {
                foreach (PtxThread thread in threads)
                {
                    thread.RunToBarrier();
                }

                Assert.True(
                    threads.All(thread => thread.Done) || threads.All(thread => !thread.Done && thread.Position == threads[0].Position),
                    "not all threads of a group came to the same barrier");
            }
        }
    }

    /// <summary>Bytes of global memory; they must all belong to one array.</summary>
    public unsafe Span<byte> Global(ulong address, int length)
    {
        foreach ((ulong start, ulong size) in _native)
        {
            if (address >= start && address + (ulong)length <= start + size)
            {
                Assert.True(address % (ulong)Math.Min(length, 16) == 0, "misaligned access to memory");
                return new Span<byte>((void*)address, length);
            }
        }

        foreach ((ulong start, byte[] bytes) in _arrays)
        {
            if (address >= start && address + (ulong)length <= start + (ulong)bytes.Length)
            {
                Assert.True(address % (ulong)Math.Min(length, 16) == 0, "misaligned access to memory");
                return bytes.AsSpan((int)(address - start), length);
            }
        }

        throw new InvalidOperationException($"{length} bytes at {address} are nobody's");
    }
}
