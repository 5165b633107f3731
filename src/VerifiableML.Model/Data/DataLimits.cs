using System.Collections.Immutable;

namespace VerifiableML.Model.Data;

/// <summary>Hard limits on data files. They bound the memory that an untrusted file can cost.</summary>
public static class DataLimits
{
    /// <summary>Greatest length of a file, and of what is unpacked from one, in bytes.</summary>
    public const long Bytes = 1_000_000_000;

    /// <summary>Greatest number of elements of one array.</summary>
    public const int Elements = 1 << 28;

    /// <summary>Greatest number of axes.</summary>
    public const int Axes = 8;

    /// <summary>Greatest number of arrays in an archive.</summary>
    public const int Arrays = 256;

    /// <summary>The number of elements of a shape, or −1 where it is negative or beyond the limits.</summary>
    internal static int CountOf(ImmutableArray<int> shape)
    {
        long count = 1;
        foreach (int extent in shape)
        {
            count = extent < 0 ? -1 : count * extent;
            if (count is < 0 or > Elements)
            {
                return -1;
            }
        }

        return shape.Length > Axes ? -1 : (int)count;
    }
}
