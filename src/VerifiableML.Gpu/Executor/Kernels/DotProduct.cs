using ILGPU.IR.Intrinsics;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>
/// Two multiply-adds at once: a pair of int16 weights in one word, a pair of int8 activations in half a word, a 32-bit sum modulo 2^32. NVIDIA
/// devices have an instruction for just this (<c>dp2a</c>, since compute capability 6.1; PTX ISA, "dp2a"), which
/// <see cref="DotProductIntrinsics"/> writes in place of a call; the C# is its meaning, and what the CPU accelerator runs.
/// </summary>
internal static class DotProduct
{
    /// <summary><c>sum + weights₀ · activations₀ + weights₁ · activations₁</c>.</summary>
    [IntrinsicImplementation]
    public static int AddLow(int weights, int activations, int sum) =>
        sum + ((short)weights * (sbyte)activations) + ((weights >> 16) * (sbyte)(activations >> 8));

    /// <summary><c>sum + weights₀ · activations₂ + weights₁ · activations₃</c>.</summary>
    [IntrinsicImplementation]
    public static int AddHigh(int weights, int activations, int sum) =>
        sum + ((short)weights * (sbyte)(activations >> 16)) + ((weights >> 16) * (activations >> 24));
}

/// <summary>Eight words that a thread holds in registers: sums, or weights, of eight output channels.</summary>
internal struct Eight
{
    /// <summary>The words.</summary>
    public int A, B, C, D, E, F, G, H;

    /// <summary>Eight sums with the products of one word's lower activations.</summary>
    public static Eight AddLow(Eight sums, Eight weights, int activations) => new()
    {
        A = DotProduct.AddLow(weights.A, activations, sums.A),
        B = DotProduct.AddLow(weights.B, activations, sums.B),
        C = DotProduct.AddLow(weights.C, activations, sums.C),
        D = DotProduct.AddLow(weights.D, activations, sums.D),
        E = DotProduct.AddLow(weights.E, activations, sums.E),
        F = DotProduct.AddLow(weights.F, activations, sums.F),
        G = DotProduct.AddLow(weights.G, activations, sums.G),
        H = DotProduct.AddLow(weights.H, activations, sums.H),
    };

    /// <summary>Eight sums with the products of one word's upper activations.</summary>
    public static Eight AddHigh(Eight sums, Eight weights, int activations) => new()
    {
        A = DotProduct.AddHigh(weights.A, activations, sums.A),
        B = DotProduct.AddHigh(weights.B, activations, sums.B),
        C = DotProduct.AddHigh(weights.C, activations, sums.C),
        D = DotProduct.AddHigh(weights.D, activations, sums.D),
        E = DotProduct.AddHigh(weights.E, activations, sums.E),
        F = DotProduct.AddHigh(weights.F, activations, sums.F),
        G = DotProduct.AddHigh(weights.G, activations, sums.G),
        H = DotProduct.AddHigh(weights.H, activations, sums.H),
    };
}
