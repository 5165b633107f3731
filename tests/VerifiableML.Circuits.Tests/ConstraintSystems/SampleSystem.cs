using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Circuits.Tests.ConstraintSystems;

/// <summary>
/// A small system whose result is public: x² = s, s·x = c, (c + x + 5)·1 = y. Wires: 1, y, x, s, c. The terms of the last constraint are not in
/// the order of their wires, and one row is empty.
/// </summary>
internal static class SampleSystem
{
    public const int WireCount = 5;

    public static ConstraintSystem Create()
    {
        Fr[] table = [Fr.One, Fr.FromInt64(-1), Fr.FromUInt64(5), Fr.Zero];
        return new ConstraintSystem(
            WireCount,
            publicCount: 1,
            new SparseMatrix(new[] { 0, 1, 2, 5, 6 }, new[] { 2, 3, 4, 0, 2, 2 }, new[] { 0, 0, 0, 2, 0, 1 }, table),
            new SparseMatrix(new[] { 0, 1, 2, 3, 3 }, new[] { 2, 2, 0 }, new[] { 0, 0, 0 }, table),
            new SparseMatrix(new[] { 0, 1, 2, 3, 4 }, new[] { 3, 4, 1, 1 }, new[] { 0, 0, 0, 3 }, table));
    }

    public static Fr[] Witness(ulong x) =>
        [Fr.One, Fr.FromUInt64((x * x * x) + x + 5), Fr.FromUInt64(x), Fr.FromUInt64(x * x), Fr.FromUInt64(x * x * x)];
}
