using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Groups.Kernels;

namespace VerifiableML.Gpu.Groups;

/// <summary>
/// Copies of bases in device memory, one for each sequence of points that was asked for, so that a key's are uploaded once. The ones not used for
/// the longest time go first.
/// </summary>
internal sealed class DeviceBases(GpuDevice device) : IDisposable
{
    private const int Kept = 8;

    // At most a handful: a list in the order of their last use.
    private readonly List<(G1Bases Bases, MemoryBuffer1D<DevicePoint, Stride1D.Dense> Buffer)> _buffers = [];

    /// <summary>The points in device memory.</summary>
    public ArrayView<DevicePoint> Of(G1Bases bases)
    {
        int known = _buffers.FindIndex(entry => ReferenceEquals(entry.Bases, bases));
        if (known < 0)
        {
            if (_buffers.Count == Kept)
            {
                _buffers[0].Buffer.Dispose();
                _buffers.RemoveAt(0);
            }

            _buffers.Add((bases, Upload(bases)));
        }
        else if (known < _buffers.Count - 1)
        {
            _buffers.Add(_buffers[known]);
            _buffers.RemoveAt(known);
        }

        return _buffers[^1].Buffer.View.BaseView;
    }

    public void Dispose()
    {
        foreach ((_, MemoryBuffer1D<DevicePoint, Stride1D.Dense> buffer) in _buffers)
        {
            buffer.Dispose();
        }

        _buffers.Clear();
    }

    private MemoryBuffer1D<DevicePoint, Stride1D.Dense> Upload(G1Bases bases)
    {
        G1[] points = bases.ToArray();
        MemoryBuffer1D<DevicePoint, Stride1D.Dense> buffer = device.Accelerator.Allocate1D<DevicePoint>(Math.Max(points.Length, 1));
        if (points.Length > 0)
        {
            // Two coordinates of 32 bytes in Montgomery form, zeros for infinity: the same on both sides.
            ReadOnlySpan<DevicePoint> source = MemoryMarshal.Cast<G1, DevicePoint>(points);
            buffer.View.BaseView.CopyFromCPU(device.Stream, source);
        }

        return buffer;
    }
}
