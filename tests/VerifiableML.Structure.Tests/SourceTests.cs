using System.Text.RegularExpressions;

namespace VerifiableML.Structure.Tests;

/// <summary>Habits that a reviewer would otherwise have to check by eye.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly string[] LongFiles =
    [
        // Tables of published constants, one a line.
        "src/VerifiableML.Algebra/Hashing/Poseidon2Constants.cs",
    ];

    private static readonly string[] LowLevelFolders =
        ["src/VerifiableML.Algebra/", "src/VerifiableML.Prover/", "src/VerifiableML.Gpu/", "bench/", "tests/"];

    [Fact]
    public void Source_files_stay_short()
    {
        foreach (string file in Repository.Files(".cs").Where(IsSource).Except(LongFiles))
        {
            int lines = Repository.Read(file).Count(character => character == '\n');
            Assert.True(lines <= LongestFile, $"{file} has {lines} lines, more than {LongestFile}");
        }
    }

    [Fact]
    public void Intrinsics_and_unsafe_code_stay_in_the_lowest_and_the_untrusted_layers()
    {
        foreach (string file in Repository.Files(".cs").Where(file => !LowLevelFolders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))))
        {
            Match match = LowLevelCode().Match(WithoutComments(Repository.Read(file)));
            Assert.False(match.Success, $"{file} uses {match.Value}");
        }
    }

    [Fact]
    public void The_verifier_and_the_model_are_compiled_without_unsafe_blocks()
    {
        string[] files = [.. Repository.Files(".csproj")
            .Where(file => Repository.Read(file).Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal))];
        Assert.All(files, file => Assert.Contains(LowLevelFolders, folder => file.StartsWith(folder, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_file_names_a_package_registry()
    {
        // Assembled here so that this file does not name them either.
        string[] hosts = ["api.nuget" + ".org", "registry.npmjs" + ".org", "pypi" + ".org", "pypi.python" + ".org", "crates" + ".io", "deb.debian" + ".org"];
        foreach (string file in Repository.Files(".cs", ".csproj", ".props", ".targets", ".json", ".md", ".py", ".sh", ".yml", ".config", "/run"))
        {
            string text = Repository.Read(file);
            Assert.All(hosts, host => Assert.False(text.Contains(host, StringComparison.OrdinalIgnoreCase), $"{file} names {host}"));
        }
    }

    private static bool IsSource(string file) =>
        file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("circuits/", StringComparison.Ordinal);

    private static string WithoutComments(string text) => Comment().Replace(text, string.Empty);

    [GeneratedRegex(@"System\.Runtime\.Intrinsics|\bunsafe\b|\bstackalloc\s+\w+\s*\*|Unsafe\.\w+")]
    private static partial Regex LowLevelCode();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}
