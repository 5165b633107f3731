using ILGPU.Util;

namespace VerifiableML.Gpu.Fields;

/// <summary>What can be done with elements of either field in kernels.</summary>
public static class Elements
{
    /// <summary>Where the condition holds <paramref name="a"/>, else <paramref name="b"/>, without a branch.</summary>
    public static DeviceElement Select(bool condition, DeviceElement a, DeviceElement b) => new()
    {
        L0 = Utilities.Select(condition, a.L0, b.L0),
        L1 = Utilities.Select(condition, a.L1, b.L1),
        L2 = Utilities.Select(condition, a.L2, b.L2),
        L3 = Utilities.Select(condition, a.L3, b.L3),
        L4 = Utilities.Select(condition, a.L4, b.L4),
        L5 = Utilities.Select(condition, a.L5, b.L5),
        L6 = Utilities.Select(condition, a.L6, b.L6),
        L7 = Utilities.Select(condition, a.L7, b.L7),
    };

    /// <summary>True where both are the same element.</summary>
    public static bool AreEqual(DeviceElement a, DeviceElement b) =>
        ((a.L0 ^ b.L0) | (a.L1 ^ b.L1) | (a.L2 ^ b.L2) | (a.L3 ^ b.L3) | (a.L4 ^ b.L4) | (a.L5 ^ b.L5) | (a.L6 ^ b.L6) | (a.L7 ^ b.L7)) == 0;
}
