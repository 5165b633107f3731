namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>A running sum of products of integers; kernels are compiled once for each width.</summary>
/// <typeparam name="TSelf">The sum itself.</typeparam>
internal interface ISum<TSelf>
    where TSelf : struct, ISum<TSelf>
{
    /// <summary>The sum as 64 bits.</summary>
    long Value { get; }

    /// <summary>This sum and <paramref name="left"/> · <paramref name="right"/>.</summary>
    TSelf Add(int left, int right);

    /// <summary>This sum and <paramref name="term"/>.</summary>
    TSelf Add(long term);
}

/// <summary>
/// Arithmetic modulo 2^32: right where the whole sum, bias included, fits 32 bits, whatever its parts do on the way.
/// </summary>
internal readonly struct Int32Sum(int sum) : ISum<Int32Sum>
{
    private readonly int _sum = sum;

    /// <inheritdoc/>
    public long Value => _sum;

    /// <inheritdoc/>
    public Int32Sum Add(int left, int right) => new(_sum + (left * right));

    /// <inheritdoc/>
    public Int32Sum Add(long term) => new(_sum + (int)term);
}

/// <summary>Arithmetic modulo 2^64, for accumulators of up to 53 bits.</summary>
internal readonly struct Int64Sum(long sum) : ISum<Int64Sum>
{
    private readonly long _sum = sum;

    /// <inheritdoc/>
    public long Value => _sum;

    /// <inheritdoc/>
    public Int64Sum Add(int left, int right) => new(_sum + ((long)left * right));

    /// <inheritdoc/>
    public Int64Sum Add(long term) => new(_sum + term);
}
