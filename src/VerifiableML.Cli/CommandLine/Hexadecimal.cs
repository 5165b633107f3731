using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace VerifiableML.Cli.CommandLine;

/// <summary>Bytes as hexadecimal digits, without a prefix.</summary>
internal static class Hexadecimal
{
    /// <summary>Reads exactly <paramref name="length"/> bytes.</summary>
    public static bool TryDecode(string text, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[length];
        if (text.Length == 2 * length && Convert.FromHexString(text, bytes, out _, out int written) == OperationStatus.Done && written == length)
        {
            return true;
        }

        bytes = null;
        return false;
    }
}
