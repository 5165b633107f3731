using System.Xml.Linq;

namespace VerifiableML.Structure.Tests;

/// <summary>Dependencies between projects point one way. The verifier's side never depends on the prover's.</summary>
public sealed class DependencyTests
{
    /// <summary>What each project may refer to; whatever those refer to comes with them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["VerifiableML.Algebra"] = [],
        ["VerifiableML.Model"] = [],
        ["VerifiableML.Protocol"] = ["VerifiableML.Algebra"],
        ["VerifiableML.Circuits"] = ["VerifiableML.Algebra", "VerifiableML.Protocol", "VerifiableML.Model"],
        ["VerifiableML.Prover"] = ["VerifiableML.Algebra", "VerifiableML.Protocol", "VerifiableML.Model", "VerifiableML.Circuits"],
        ["VerifiableML.Gpu"] =
            ["VerifiableML.Algebra", "VerifiableML.Protocol", "VerifiableML.Model", "VerifiableML.Circuits", "VerifiableML.Prover"],
        ["VerifiableML.Chain"] = ["VerifiableML.Algebra", "VerifiableML.Protocol", "VerifiableML.Model", "VerifiableML.Circuits"],
        ["VerifiableML.Nethereum"] =
            ["VerifiableML.Algebra", "VerifiableML.Protocol", "VerifiableML.Model", "VerifiableML.Circuits", "VerifiableML.Chain"],
    };

    /// <summary>Packages by project: each new one is a decision that shows up here.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["VerifiableML.Algebra"] = ["Portable.BouncyCastle", "BouncyCastle.Cryptography"],
        ["VerifiableML.Model"] = ["Google.Protobuf", "Grpc.Tools", "System.Numerics.Tensors"],
        ["VerifiableML.Protocol"] = [],
        ["VerifiableML.Circuits"] = [],
        ["VerifiableML.Prover"] = [],
        ["VerifiableML.Gpu"] = ["ILGPU", "ILGPU.Algorithms"],
        ["VerifiableML.Nethereum"] = ["Nethereum.Contracts"],
    };

    // The probe is restored to find packages, and never built.
    private static readonly string[] ProjectFiles = [.. Repository.Files(".csproj").Where(file => file != "src/OptionalPackages/Probe.csproj")];

    [Fact]
    public void Libraries_depend_only_in_the_agreed_direction()
    {
        foreach (string file in ProjectFiles.Where(IsLibrary))
        {
            string project = Path.GetFileNameWithoutExtension(file);
            Assert.True(Allowed.ContainsKey(project), $"{file}: the table of allowed dependencies has no line for it");
            foreach (string reference in ProjectReferences(file))
            {
                Assert.True(Allowed[project].Contains(reference), $"{file} refers to {reference}");
            }
        }
    }

    [Fact]
    public void Libraries_use_only_the_agreed_packages()
    {
        foreach (string file in ProjectFiles.Where(IsLibrary))
        {
            string[] allowed = Packages.GetValueOrDefault(Path.GetFileNameWithoutExtension(file), []);
            foreach (string package in References(file, "PackageReference"))
            {
                Assert.True(allowed.Contains(package), $"{file} uses the package {package}");
            }
        }
    }

    [Fact]
    public void Only_programs_and_tests_may_refer_to_everything()
    {
        foreach (string file in ProjectFiles.Where(file => !IsLibrary(file)))
        {
            Assert.True(
                file.StartsWith("tests/", StringComparison.Ordinal) || file.StartsWith("bench/", StringComparison.Ordinal)
                || file == "src/VerifiableML.Cli/VerifiableML.Cli.csproj",
                $"{file} is neither a library, the command, a test nor a benchmark");
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_pins_its_packages()
    {
        string solution = Repository.Read("VerifiableML.sln").Replace('\\', '/');
        string optional = Repository.Read("VerifiableML.Optional.sln").Replace('\\', '/');
        foreach (string file in ProjectFiles)
        {
            // What needs packages that not every machine can have is built on request only, and pins nothing in git.
            if (optional.Contains($"\"{file}\"", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.True(solution.Contains($"\"{file}\"", StringComparison.Ordinal), $"{file} is not in the solution");
            string lockFile = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, "packages.lock.json");
            Assert.True(File.Exists(lockFile), $"{file} has no packages.lock.json");
        }
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file()
    {
        foreach (string file in ProjectFiles)
        {
            XElement project = XDocument.Parse(Repository.Read(file)).Root!;
            Assert.DoesNotContain(project.Descendants("PackageReference"), reference => reference.Attribute("Version") is not null);
        }
    }

    private static bool IsLibrary(string file) =>
        (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("circuits/", StringComparison.Ordinal))
        && !file.EndsWith("/VerifiableML.Cli.csproj", StringComparison.Ordinal);

    private static IEnumerable<string> ProjectReferences(string file) =>
        References(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    private static IEnumerable<string> References(string file, string element) =>
        XDocument.Parse(Repository.Read(file)).Root!.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
