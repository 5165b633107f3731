namespace VerifiableML.Protocol.Serialization;

/// <summary>What a container holds; the fourth byte of the file, a letter so that <c>head -c 4</c> shows it.</summary>
public enum ContainerKind : byte
{
    /// <summary>No kind; never written.</summary>
    None = 0,

    /// <summary>A structured reference string.</summary>
    StructuredReferenceString = (byte)'S',

    /// <summary>The key that makes proofs for a model.</summary>
    ProvingKey = (byte)'K',

    /// <summary>The key that checks proofs for a model.</summary>
    VerificationKey = (byte)'V',

    /// <summary>A core proof.</summary>
    Proof = (byte)'P',

    /// <summary>A wrapped proof.</summary>
    WrappedProof = (byte)'W',

    /// <summary>The key that checks wrapped proofs of a circuit.</summary>
    WrapVerificationKey = (byte)'X',
}
