using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Prover.Groth16;

/// <summary>
/// Values of those wires that a matrix mentions, and zero for the others. The points of wires that do not occur are infinity; multiplying
/// them would change nothing but take as long as any other, while zeros cost nothing.
/// </summary>
internal static class OccurringWires
{
    public static FrVector Select(FrSlice wires, SparseMatrix matrix)
    {
        FrVector selected = FrVector.Rent(wires.Length, cleared: true);
        var taken = new bool[wires.Length];
        FrSlice target = selected.All;
        foreach (int wire in matrix.Wires)
        {
            if (!taken[wire])
            {
                taken[wire] = true;
                target[wire] = wires[wire];
            }
        }

        return selected;
    }
}
