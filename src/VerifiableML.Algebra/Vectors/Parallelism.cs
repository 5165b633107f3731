using System.Numerics;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Splits the indices of a large slice over the cores. Pieces are whole groups of lanes; which thread takes which piece does not change
/// a result, because sums in a field are exact in any order.
/// </summary>
internal static class Parallelism
{
    /// <summary>Below this many elements one core is done before a second one has woken up.</summary>
    public const int Threshold = 1 << 12;

    // Small enough that a core that is late leaves work for the other, large enough that handing out pieces costs nothing.
    private const int SmallestPiece = 1 << 10;
    private const int PiecesPerCore = 8;
    private const int Granularity = 64;

    /// <summary>
    /// Calls <paramref name="body"/>(start, length) for pieces that cover 0 … count − 1. An element that costs as much as
    /// <paramref name="weight"/> multiplications is worth sharing earlier.
    /// </summary>
    public static void For(int count, Action<int, int> body, int weight = 1)
    {
        int piece = PieceLength(count, weight);
        if (piece >= count)
        {
            body(0, count);
            return;
        }

        Parallel.For(0, Pieces(count, piece), k => body(k * piece, Math.Min(piece, count - (k * piece))));
    }

    /// <summary>
    /// The sum of <paramref name="body"/>(start, length) over pieces that cover 0 … count − 1, of elements that cost
    /// <paramref name="weight"/> multiplications.
    /// </summary>
    public static TSum Sum<TSum>(int count, Func<int, int, TSum> body, int weight = 1)
        where TSum : struct, IAdditionOperators<TSum, TSum, TSum>
    {
        int piece = PieceLength(count, weight);
        if (piece >= count)
        {
            return body(0, count);
        }

        TSum[] sums = new TSum[Pieces(count, piece)];
        Parallel.For(0, sums.Length, k => sums[k] = body(k * piece, Math.Min(piece, count - (k * piece))));
        TSum total = sums[0];
        for (int k = 1; k < sums.Length; k++)
        {
            total += sums[k];
        }

        return total;
    }

    private static int PieceLength(int count, int weight)
    {
        weight = Math.Min(weight, SmallestPiece / Granularity);
        if (count < Threshold / weight || Environment.ProcessorCount == 1)
        {
            return count;
        }

        // Whole groups of lanes, or the groups of two pieces would overlap.
        int fair = Math.Max(SmallestPiece / weight, count / (PiecesPerCore * Environment.ProcessorCount));
        return (fair + Granularity - 1) / Granularity * Granularity;
    }

    private static int Pieces(int count, int piece) => (int)(((long)count + piece - 1) / piece);
}
