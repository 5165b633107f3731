using ILGPU;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Vectors.Kernels;

/// <summary>Sums over the threads of a group in shared memory. Every group writes one partial sum, and the host adds these few.</summary>
internal static class GroupSum
{
    /// <summary>Writes the sum of every thread's value to <paramref name="partial"/>; the group has a power of two of threads.</summary>
    public static void Write(DeviceElement value, ArrayView<DeviceElement> partial, int index)
    {
        ArrayView<DeviceElement> shared = SharedMemory.Allocate<DeviceElement>(Threads.GroupSize);
        int thread = Group.IdxX;

        // The sum before this one may still be read.
        Group.Barrier();
        shared[thread] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                shared[thread] = ScalarField.Add(shared[thread], shared[thread + half]);
            }

            Group.Barrier();
        }

        if (thread == 0)
        {
            partial[index] = shared[0];
        }
    }
}
