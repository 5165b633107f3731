namespace VerifiableML.Cli.Tests.Commands;

/// <summary>Tests that share one folder with wrap keys, which takes seconds to make.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWrapFolder : ICollectionFixture<WrapFolderFixture>
{
    public const string Name = "wrap";
}
