using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using Words = ILGPU.Runtime.MemoryBuffer1D<ulong, ILGPU.Stride1D.Dense>;

namespace VerifiableML.Gpu.Vectors;

/// <summary>
/// Device memory in 64-bit words that is lent again and again, since an allocation waits for the device. Sizes are rounded to m·2^e with 8 ≤ m &lt; 16.
/// What is given back may be lent at once: everything runs on one stream, in order.
/// </summary>
/// <param name="device">The device.</param>
internal sealed class WordPool(GpuDevice device) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Stack<Words>> _free = [];

    // Strong references, so that memory of a vector that nobody disposed of comes back by its finalizer before ILGPU's own could free it.
    private readonly HashSet<Words> _all = [];

    /// <summary>Bytes that the pool has from the device, lent or not.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Buffers that are lent now.</summary>
    public int Lent
    {
        get
        {
            lock (_gate)
            {
                return _all.Count - _free.Values.Sum(stack => stack.Count);
            }
        }
    }

    /// <summary>A buffer of at least so many words; its contents are undefined.</summary>
    public Words Rent(long words)
    {
        long size = SizeClass(words);
        lock (_gate)
        {
            if (_free.TryGetValue(size, out Stack<Words>? stack) && stack.TryPop(out Words? buffer))
            {
                return buffer;
            }
        }

        try
        {
            return Allocate(size);
        }
        catch (Exception exception) when (GpuErrors.IsOutOfMemory(exception))
        {
            // What is free in other sizes, and what only the garbage collector knows to be free.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            device.Synchronize();
            FreeUnused();
            return Allocate(size);
        }
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(Words buffer)
    {
        lock (_gate)
        {
            if (!_all.Contains(buffer))
            {
                return;
            }

            if (!_free.TryGetValue(buffer.Length, out Stack<Words>? stack))
            {
                _free[buffer.Length] = stack = new Stack<Words>();
            }

            stack.Push(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Words buffer in _all)
            {
                buffer.Dispose();
            }

            _all.Clear();
            _free.Clear();
        }
    }

    private Words Allocate(long size)
    {
        Words buffer = device.Accelerator.Allocate1D<ulong>(size);
        lock (_gate)
        {
            _all.Add(buffer);
            AllocatedBytes += buffer.LengthInBytes;
        }

        return buffer;
    }

    private void FreeUnused()
    {
        lock (_gate)
        {
            foreach (Words buffer in _free.Values.SelectMany(stack => stack))
            {
                _all.Remove(buffer);
                AllocatedBytes -= buffer.LengthInBytes;
                buffer.Dispose();
            }

            _free.Clear();
        }
    }

    private static long SizeClass(long words)
    {
        int shift = Math.Max(0, 60 - (int)long.LeadingZeroCount(Math.Max(words, 8)));
        return (Math.Max(words, 8) + (1L << shift) - 1) >> shift << shift;
    }
}
