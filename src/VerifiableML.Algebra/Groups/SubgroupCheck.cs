namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Membership of many points of the twist in the group of order r, for points of untrusted files: what <see cref="G2.IsInSubgroup"/> says of one
/// point, at a tenth of the time.
/// </summary>
public static unsafe class SubgroupCheck
{
    /// <summary>The place of the first point outside of the group, or −1. All points must be on the twist; infinity is in the group.</summary>
    public static int FindOutside(G2Bases points)
    {
        ArgumentNullException.ThrowIfNull(points);
        int jobs = (points.Count + MultiplicationList.Capacity - 1) / MultiplicationList.Capacity;
        var found = new int[jobs];
        Workers.For(jobs, job =>
        {
            int start = job * MultiplicationList.Capacity;
            found[job] = FindOutside(points.Points, start, Math.Min(start + MultiplicationList.Capacity, points.Count));
        });
        GC.KeepAlive(points);
        int first = Array.FindIndex(found, place => place >= 0);
        return first < 0 ? -1 : found[first];
    }

    /// <summary>Compares ψ(P) to (t − 1)·P. The multiplication uses only additions, which are right outside of the group as well.</summary>
    private static int FindOutside(PackedPoints<Fq2> points, int start, int end)
    {
        // No half for φ: it acts as λ in the group alone.
        var multiplier = new SplitScalar(new UInt128(G2.TraceLessOne.L1, G2.TraceLessOne.L0), false, 0, false);
        MultiplicationList list = MultiplicationList.Rent(points.Adder);
        for (int i = start; i < end; i++)
        {
            list.Add(PointReference.To(points.At(i)), multiplier, list.Scratch.At(i - start));
        }

        list.Flush();
        int place = -1;
        for (int i = start; i < end && place < 0; i++)
        {
            (Fq2 x, Fq2 y) = points[i];
            G2 image = new G2(x, y).Frobenius();
            (x, y) = points.Adder.Unpack(list.Scratch.At(i - start));
            place = image == new G2(x, y) ? -1 : i;
        }

        MultiplicationList.Return(list);
        return place;
    }
}
