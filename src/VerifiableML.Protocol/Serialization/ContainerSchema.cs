using System.Collections.Immutable;

namespace VerifiableML.Protocol.Serialization;

/// <summary>One section that a container must have.</summary>
/// <param name="Tag">Four ASCII letters or digits.</param>
/// <param name="Description">What stands there, for error messages.</param>
/// <param name="MinimumLength">Least length in bytes.</param>
/// <param name="MaximumLength">Greatest length in bytes: the hard limit on what a hostile file can make a reader allocate.</param>
public sealed record SectionSchema(string Tag, string Description, int MinimumLength, int MaximumLength);

/// <summary>
/// The one layout that containers of a kind have: these sections, all of them, in this order. One value has one byte string.
/// </summary>
/// <param name="Kind">What the container holds.</param>
/// <param name="Version">Version of the format of this kind; a reader knows exactly one.</param>
/// <param name="Sections">The sections.</param>
public sealed record ContainerSchema(ContainerKind Kind, ushort Version, ImmutableArray<SectionSchema> Sections)
{
    /// <summary>What the kind is called in messages.</summary>
    public string KindName => Kind switch
    {
        ContainerKind.StructuredReferenceString => "structured reference string",
        ContainerKind.ProvingKey => "proving key",
        ContainerKind.VerificationKey => "verification key",
        ContainerKind.Proof => "proof",
        ContainerKind.WrappedProof => "wrapped proof",
        ContainerKind.WrapVerificationKey => "wrap key",
        _ => "container of unknown kind",
    };

    /// <summary>Length of everything in front of the sections' contents, in bytes.</summary>
    internal int HeaderLength => Container.PrefixLength + (Sections.Length * Container.TableEntryLength);

    /// <summary>Length of the longest container of this layout, in bytes.</summary>
    internal long MaximumLength => HeaderLength + Sections.Sum(section => (long)section.MaximumLength);

    /// <summary>Length of the shortest container of this layout, in bytes.</summary>
    internal long MinimumLength => HeaderLength + Sections.Sum(section => (long)section.MinimumLength);
}
