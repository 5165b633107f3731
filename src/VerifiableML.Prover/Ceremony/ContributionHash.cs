using System.Globalization;
using System.Text;

namespace VerifiableML.Prover.Ceremony;

/// <summary>The hashes by which parties recognise their contributions, printed as snarkjs prints them.</summary>
public static class ContributionHash
{
    private const int Rows = 4;
    private const int WordsInRow = 4;
    private const int WordLength = 4;

    /// <summary>BLAKE2b-512 of a contribution: what its party publishes.</summary>
    public static byte[] Compute(PhaseTwoContribution contribution) => new PhaseTwoHasher().Add(contribution).Finish();

    /// <summary>Sixteen words of eight hexadecimal digits, four in a row, each row after two tabs.</summary>
    public static string Format(ReadOnlySpan<byte> hash)
    {
        var text = new StringBuilder();
        for (int row = 0; row < Rows; row++)
        {
            text.Append(row > 0 ? "\n\t\t" : "\t\t");
            for (int word = 0; word < WordsInRow; word++)
            {
                ReadOnlySpan<byte> bytes = hash.Slice(((row * WordsInRow) + word) * WordLength, WordLength);
                text.Append(CultureInfo.InvariantCulture, $"{(word > 0 ? " " : string.Empty)}{Convert.ToHexStringLower(bytes)}");
            }
        }

        return text.ToString();
    }
}
