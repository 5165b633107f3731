using ILGPU;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Ceilings;

/// <summary>What <see cref="DeviceCeilings"/> lets a device do.</summary>
internal static class CeilingKernels
{
    /// <summary>Independent products in flight for each thread, so that none waits for the one before.</summary>
    public const int Chains = 4;

    /// <summary>Multiplies <see cref="Chains"/> elements by a factor, over and over, and keeps a word of the results so that none is left out.</summary>
    [Kernel]
    public static void Multiply(ArrayView<uint> results, DeviceElement factor, int threads, int rounds)
    {
        int thread = Grid.GlobalIndex.X;
        if (thread >= threads)
        {
            return;
        }

        DeviceElement a = factor, b = factor, c = factor, d = factor;
        a.L0 ^= (uint)thread;
        b.L1 ^= (uint)thread;
        c.L2 ^= (uint)thread;
        d.L3 ^= (uint)thread;
        for (int i = 0; i < rounds; i++)
        {
            a = ScalarField.Multiply(factor, a);
            b = ScalarField.Multiply(factor, b);
            c = ScalarField.Multiply(factor, c);
            d = ScalarField.Multiply(factor, d);
        }

        results[thread] = a.L0 ^ b.L0 ^ c.L0 ^ d.L0;
    }
}
