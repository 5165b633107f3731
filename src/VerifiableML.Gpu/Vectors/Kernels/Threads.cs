using ILGPU;
using ILGPU.Runtime;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>How the elements of a vector are dealt out: thread t takes t, t + all threads, …, so that neighbours read neighbouring words.</summary>
internal static class Threads
{
    /// <summary>Threads of a group on a GPU; a power of two.</summary>
    public const int GroupSize = 256;

    /// <summary>Enough groups to fill the largest devices twice; more would only make more partial sums.</summary>
    public const int MostGroups = 512;

    /// <summary>This thread's first element.</summary>
    public static int First => Grid.GlobalIndex.X;

    /// <summary>From one element of a thread to its next.</summary>
    public static int Step => Grid.DimX * Group.DimX;

    /// <summary>A grid for so many elements.</summary>
    public static KernelConfig For(int elements, int groupSize) =>
        new(Math.Clamp((elements + groupSize - 1) / groupSize, 1, MostGroups), groupSize);
}
