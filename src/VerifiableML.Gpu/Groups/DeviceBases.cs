using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Gpu.Groups.Kernels;
using VerifiableML.Gpu.Vectors;
using Words = ILGPU.Runtime.MemoryBuffer1D<ulong, ILGPU.Stride1D.Dense>;

namespace VerifiableML.Gpu.Groups;

/// <summary>Copies of bases on the device, made when they are first needed and kept as long as the host's: a key's are uploaded once.</summary>
/// <param name="pool">Where the memory comes from.</param>
/// <param name="transfers">What copies them.</param>
internal sealed class DeviceBases(WordPool pool, Transfers transfers)
{
    private readonly ConditionalWeakTable<G1Bases, Copy> _copies = [];

    /// <summary>The points on the device.</summary>
    public ArrayView<DevicePoint> View(G1Bases bases)
    {
        if (!_copies.TryGetValue(bases, out Copy? copy))
        {
            G1[] points = bases.ToArray();
            copy = new Copy(pool, points.Length);

            // Two coordinates of 32 bytes in Montgomery form, zeros for infinity: the same on both sides.
            transfers.Upload(MemoryMarshal.Cast<G1, DevicePoint>(points.AsSpan()), copy.View);
            _copies.Add(bases, copy);
        }

        return copy.View;
    }

    private sealed class Copy(WordPool pool, int points)
    {
        private readonly Words _buffer = pool.Rent((long)points * (Interop.SizeOf<DevicePoint>() / sizeof(ulong)));

        ~Copy() => pool.Return(_buffer);

        public ArrayView<DevicePoint> View => _buffer.View.BaseView.Cast<DevicePoint>().SubView(0, points);
    }
}
