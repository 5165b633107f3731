using ILGPU;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// Elements in device memory as the host's vectors have them: four planes of 64-bit words, so that a transfer is a plain copy and the threads of a
/// warp read neighbouring words.
/// </summary>
public static class Planes
{
    /// <summary>The element whose lowest word is word <paramref name="at"/>, the next words each <paramref name="stride"/> further.</summary>
    public static DeviceElement Load(ArrayView<ulong> planes, long at, long stride)
    {
        ulong w0 = planes[at];
        ulong w1 = planes[at + stride];
        ulong w2 = planes[at + (2 * stride)];
        ulong w3 = planes[at + (3 * stride)];
        return new DeviceElement
        {
            L0 = (uint)w0,
            L1 = (uint)(w0 >> 32),
            L2 = (uint)w1,
            L3 = (uint)(w1 >> 32),
            L4 = (uint)w2,
            L5 = (uint)(w2 >> 32),
            L6 = (uint)w3,
            L7 = (uint)(w3 >> 32),
        };
    }

    /// <summary>Stores an element where <see cref="Load"/> reads it.</summary>
    public static void Store(ArrayView<ulong> planes, long at, long stride, DeviceElement value)
    {
        planes[at] = value.L0 | ((ulong)value.L1 << 32);
        planes[at + stride] = value.L2 | ((ulong)value.L3 << 32);
        planes[at + (2 * stride)] = value.L4 | ((ulong)value.L5 << 32);
        planes[at + (3 * stride)] = value.L6 | ((ulong)value.L7 << 32);
    }
}
