using System.Security.Cryptography;
using System.Text.RegularExpressions;
using VerifiableML.Chain.Signing;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Development;

/// <summary>Keys that sign transactions: from a file that nobody else may read, or from the environment; never from the command line, and in no message.</summary>
internal static partial class SigningKeys
{
    /// <summary>Holds a key in 64 hexadecimal digits.</summary>
    public const string Variable = "VML_PRIVATE_KEY";

    private const int LongestFile = 256;
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The key in the environment, or null where there is none.</summary>
    /// <exception cref="MisuseException">The variable holds something else.</exception>
    public static PrivateKey? FromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return PrivateKey.TryParse(text.Trim(), out PrivateKey? key) ? key : throw new MisuseException($"{Variable}: is not a key: 64 hexadecimal digits");
    }

    /// <summary>Whether a text may be a key, and so must not be repeated.</summary>
    public static bool LooksLikeKey(string text) => SixtyFourDigits().IsMatch(text);

    /// <summary>Reads a key.</summary>
    /// <exception cref="InvalidFileException">There is no such file.</exception>
    /// <exception cref="MisuseException">The file may be read by others, or holds something else.</exception>
    public static PrivateKey Read(string path)
    {
        if (LooksLikeKey(path) && !File.Exists(path))
        {
            throw new MisuseException("--key-file takes a file that holds the key, and not the key itself, which others can see on a command line");
        }

        if (!BoundedFile.TryRead(path, LongestFile, out byte[]? bytes, out FileError? error))
        {
            throw error.ToException();
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new MisuseException($"{path}: others may read or change this key: 'chmod 600 {path}'");
        }

        return PrivateKey.TryParse(System.Text.Encoding.ASCII.GetString(bytes).Trim(), out PrivateKey? key)
            ? key : throw new MisuseException($"{path}: is not a key: 64 hexadecimal digits");
    }

    /// <summary>Reads a key, or makes a new one that only the owner of the file may read.</summary>
    public static PrivateKey ReadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        byte[] secret;
        PrivateKey? key;
        do
        {
            secret = RandomNumberGenerator.GetBytes(PrivateKey.Length);
        }
        while (!PrivateKey.TryDecode(secret, out key));

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersAlone;
        }

        using var writer = new StreamWriter(path, System.Text.Encoding.ASCII, options);
        writer.WriteLine(Convert.ToHexStringLower(secret));
        return key;
    }

    [GeneratedRegex("[0-9a-fA-F]{64}")]
    private static partial Regex SixtyFourDigits();
}
