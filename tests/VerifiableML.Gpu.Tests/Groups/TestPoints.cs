using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Tests.Groups;

internal static class TestPoints
{
    /// <summary>Different points without a relation that a formula could stumble over.</summary>
    public static G1[] Unrelated(int count)
    {
        var points = new G1[count];
        G1 point = G1.Generator.Multiply(Fr.FromUInt64(0x9E37_79B9_7F4A_7C15));
        G1 step = G1.Generator.Multiply(Fr.FromUInt64(0xD1B5_4A32_D192_ED03));
        for (int i = 0; i < count; i++, point += step)
        {
            points[i] = point;
        }

        return points;
    }
}
