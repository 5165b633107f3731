namespace VerifiableML.Circuits;

/// <summary>The stages of the protocol, in order.</summary>
public enum ProtocolStage
{
    /// <summary>All lookups, by the tree of fraction sums.</summary>
    Lookups,

    /// <summary>What each node's relation says at the lookup point.</summary>
    Relations,

    /// <summary>The leaves of the fraction tree against relations and tables.</summary>
    Leaves,

    /// <summary>The sumcheck of all contractions.</summary>
    Contractions,

    /// <summary>The sumcheck of all wirings.</summary>
    Wirings,

    /// <summary>The sumcheck that brings all claims to one point, public values and padding included.</summary>
    Claims,
}
