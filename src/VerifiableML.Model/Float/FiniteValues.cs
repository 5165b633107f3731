using System.Numerics.Tensors;

namespace VerifiableML.Model.Float;

/// <summary>Looks for values that no computation should go on with.</summary>
internal static class FiniteValues
{
    /// <summary>The first element that is NaN or infinite, or −1.</summary>
    public static int IndexOfOther(ReadOnlySpan<float> values)
    {
        if (TensorPrimitives.IsFiniteAll(values))
        {
            return -1;
        }

        int index = 0;
        while (float.IsFinite(values[index]))
        {
            index++;
        }

        return index;
    }
}
