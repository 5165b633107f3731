namespace VerifiableML.Algebra.Groups;

/// <summary>The threads that share a multiplication.</summary>
internal static class Workers
{
    private static readonly ParallelOptions Options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>How many run at a time.</summary>
    public static int Count => Environment.ProcessorCount;

    /// <summary>Runs the body for 0 … count − 1, in any order, on all threads; on the caller's alone where there is nothing to share.</summary>
    public static void For(int count, Action<int> body)
    {
        if (count > 1 && Count > 1)
        {
            Parallel.For(0, count, Options, body);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            body(i);
        }
    }
}
