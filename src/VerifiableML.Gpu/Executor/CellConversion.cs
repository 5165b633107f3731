namespace VerifiableML.Gpu.Executor;

/// <summary>Integers of the host's width to those of device memory and back; what goes down is known to fit.</summary>
internal static class CellConversion
{
    public static sbyte[] ToBytes(ReadOnlySpan<int> values)
    {
        var bytes = new sbyte[values.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (sbyte)values[i];
        }

        return bytes;
    }

    public static short[] ToShorts(ReadOnlySpan<int> values)
    {
        var shorts = new short[values.Length];
        for (int i = 0; i < shorts.Length; i++)
        {
            shorts[i] = (short)values[i];
        }

        return shorts;
    }

    public static void Widen(ReadOnlySpan<sbyte> bytes, Span<int> values)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            values[i] = bytes[i];
        }
    }

    public static void Widen(ReadOnlySpan<short> shorts, Span<int> values)
    {
        for (int i = 0; i < shorts.Length; i++)
        {
            values[i] = shorts[i];
        }
    }

    public static void Widen(ReadOnlySpan<int> words, Span<long> values)
    {
        for (int i = 0; i < words.Length; i++)
        {
            values[i] = words[i];
        }
    }
}
