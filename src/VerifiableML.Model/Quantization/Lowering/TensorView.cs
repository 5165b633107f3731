namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>
/// Where the elements of a tensor of the source model are to be found: reshapes, transpositions and slices change the view and cost nothing
/// until an operation needs its cells in an order of its own.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Cells">For each element of the tensor, row-major, the cell of the value.</param>
/// <param name="IsExclusive">True where no other tensor of the source model reads the value, so that what follows may be merged into its layer.</param>
internal sealed record TensorView(int Value, int[] Cells, bool IsExclusive)
{
    /// <summary>True where element <c>i</c> is cell <c>i</c>, for all <paramref name="cells"/> cells.</summary>
    public bool IsInOrder(int cells)
    {
        if (Cells.Length != cells)
        {
            return false;
        }

        for (int i = 0; i < Cells.Length; i++)
        {
            if (Cells[i] != i)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where every one of <paramref name="cells"/> cells is exactly one element.</summary>
    public bool IsPermutation(int cells)
    {
        if (Cells.Length != cells)
        {
            return false;
        }

        var seen = new bool[cells];
        foreach (int cell in Cells)
        {
            if (seen[cell])
            {
                return false;
            }

            seen[cell] = true;
        }

        return true;
    }
}
