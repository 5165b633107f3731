namespace VerifiableML.Chain.Tests.Anvil;

/// <summary>The folder of the contracts in the repository that the tests are run in.</summary>
internal static class ContractsFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "contracts");
            if (File.Exists(System.IO.Path.Combine(candidate, "foundry.toml")))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
