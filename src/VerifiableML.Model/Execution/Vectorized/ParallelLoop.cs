namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>A loop over independent tasks.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs tasks 0 … <paramref name="count"/> − 1, on several threads where <paramref name="worthwhile"/>.</summary>
    public static void Run(int count, bool worthwhile, ParallelOptions parallel, Action<int> task)
    {
        if (worthwhile && count > 1 && parallel.MaxDegreeOfParallelism != 1)
        {
            Parallel.For(0, count, parallel, task);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            task(i);
        }
    }
}
