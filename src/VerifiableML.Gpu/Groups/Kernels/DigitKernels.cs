using ILGPU;
using ILGPU.Util;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Groups.Kernels;

/// <summary>
/// From scalars to the lists of their buckets, by counting: how many points each bucket gets, where its list begins (<see cref="ScanKernels"/>),
/// and then every point into its list. Digits are computed twice, which is cheaper than to keep them. The order within a list is up to chance; the
/// sum is not.
/// </summary>
internal static class DigitKernels
{
    /// <summary>The bit of an entry that says that its point is to be subtracted; the others are its column.</summary>
    public const uint NegativeBit = 1u << 31;

    /// <summary>Counts the entries of each bucket, for field elements of one row.</summary>
    [Kernel]
    public static void CountElements(DeviceSlice scalars, DigitPlan plan, ArrayView<int> counts)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= plan.Scalars)
        {
            return;
        }

        DeviceElement scalar = ScalarField.ToInteger(scalars.Load(i));
        DeviceElement rest = Absolute(scalar);
        uint carry = 0;
        for (int window = 0; window < plan.Windows; window++)
        {
            uint raw = (rest.L0 & Mask(plan)) + carry;
            rest = ShiftRight(rest, plan.Width);
            carry = Carry(raw, plan);
            uint magnitude = Magnitude(raw, carry, plan);
            if (magnitude != 0)
            {
                Atomic.Add(ref counts[Bucket(plan, 0, window, magnitude)], 1);
            }
        }
    }

    /// <summary>Puts the entries of <see cref="CountElements"/> into the lists; next[b] is where bucket b's next entry goes.</summary>
    [Kernel]
    public static void PlaceElements(DeviceSlice scalars, DigitPlan plan, ArrayView<int> next, BucketEntries entries)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= plan.Scalars)
        {
            return;
        }

        DeviceElement scalar = ScalarField.ToInteger(scalars.Load(i));
        DeviceElement rest = Absolute(scalar);
        bool negative = !Elements.AreEqual(scalar, rest);
        uint carry = 0;
        for (int window = 0; window < plan.Windows; window++)
        {
            uint raw = (rest.L0 & Mask(plan)) + carry;
            rest = ShiftRight(rest, plan.Width);
            carry = Carry(raw, plan);
            uint magnitude = Magnitude(raw, carry, plan);
            if (magnitude != 0)
            {
                int bucket = Bucket(plan, 0, window, magnitude);
                int at = Atomic.Add(ref next[bucket], 1);
                entries.Keys[at] = bucket;
                entries.Points[at] = (uint)i | Utilities.Select((carry != 0) != negative, NegativeBit, 0u);
            }
        }
    }

    /// <summary>Counts the entries of each bucket, for rows of signed integers.</summary>
    [Kernel]
    public static void CountIntegers(ArrayView<int> matrix, DigitPlan plan, ArrayView<int> counts)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= plan.Scalars)
        {
            return;
        }

        int row = i / plan.Columns;
        uint rest = Absolute(matrix[i]);
        uint carry = 0;
        for (int window = 0; window < plan.Windows && (rest | carry) != 0; window++)
        {
            uint raw = (rest & Mask(plan)) + carry;
            rest >>= plan.Width;
            carry = Carry(raw, plan);
            uint magnitude = Magnitude(raw, carry, plan);
            if (magnitude != 0)
            {
                Atomic.Add(ref counts[Bucket(plan, row, window, magnitude)], 1);
            }
        }
    }

    /// <summary>Puts the entries of <see cref="CountIntegers"/> into the lists.</summary>
    [Kernel]
    public static void PlaceIntegers(ArrayView<int> matrix, DigitPlan plan, ArrayView<int> next, BucketEntries entries)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= plan.Scalars)
        {
            return;
        }

        int row = i / plan.Columns;
        uint column = (uint)(i - (row * plan.Columns));
        bool negative = matrix[i] < 0;
        uint rest = Absolute(matrix[i]);
        uint carry = 0;
        for (int window = 0; window < plan.Windows && (rest | carry) != 0; window++)
        {
            uint raw = (rest & Mask(plan)) + carry;
            rest >>= plan.Width;
            carry = Carry(raw, plan);
            uint magnitude = Magnitude(raw, carry, plan);
            if (magnitude != 0)
            {
                int bucket = Bucket(plan, row, window, magnitude);
                int at = Atomic.Add(ref next[bucket], 1);
                entries.Keys[at] = bucket;
                entries.Points[at] = column | Utilities.Select((carry != 0) != negative, NegativeBit, 0u);
            }
        }
    }

    private static uint Mask(DigitPlan plan) => (1u << plan.Width) - 1;

    /// <summary>A window with its carry stands for a digit of at most 2^(width−1), else for that less 2^width, and a carry.</summary>
    private static uint Carry(uint raw, DigitPlan plan) => Utilities.Select(raw > 1u << (plan.Width - 1), 1u, 0u);

    private static uint Magnitude(uint raw, uint carry, DigitPlan plan) => Utilities.Select(carry != 0, (1u << plan.Width) - raw, raw);

    private static int Bucket(DigitPlan plan, int row, int window, uint magnitude) =>
        (((row * plan.Windows) + window) << (plan.Width - 1)) + (int)magnitude - 1;

    private static uint Absolute(int value) => Utilities.Select(value < 0, 0u - (uint)value, (uint)value);

    /// <summary>The smaller of s and r − s, which has one bit less, and few where s stands for a small negative number.</summary>
    private static DeviceElement Absolute(DeviceElement scalar)
    {
        DeviceElement other = ScalarField.Negate(scalar);
        return Elements.Select(IsLess(other, scalar), other, scalar);
    }

    private static bool IsLess(DeviceElement a, DeviceElement b)
    {
        ulong t = (ulong)a.L0 - b.L0;
        t = (ulong)a.L1 - b.L1 - (t >> 63);
        t = (ulong)a.L2 - b.L2 - (t >> 63);
        t = (ulong)a.L3 - b.L3 - (t >> 63);
        t = (ulong)a.L4 - b.L4 - (t >> 63);
        t = (ulong)a.L5 - b.L5 - (t >> 63);
        t = (ulong)a.L6 - b.L6 - (t >> 63);
        t = (ulong)a.L7 - b.L7 - (t >> 63);
        return (t >> 63) != 0;
    }

    /// <summary>The number divided by 2^bits, for 1 to 31 bits.</summary>
    private static DeviceElement ShiftRight(DeviceElement a, int bits) => new()
    {
        L0 = (a.L0 >> bits) | (a.L1 << (32 - bits)),
        L1 = (a.L1 >> bits) | (a.L2 << (32 - bits)),
        L2 = (a.L2 >> bits) | (a.L3 << (32 - bits)),
        L3 = (a.L3 >> bits) | (a.L4 << (32 - bits)),
        L4 = (a.L4 >> bits) | (a.L5 << (32 - bits)),
        L5 = (a.L5 >> bits) | (a.L6 << (32 - bits)),
        L6 = (a.L6 >> bits) | (a.L7 << (32 - bits)),
        L7 = a.L7 >> bits,
    };
}
