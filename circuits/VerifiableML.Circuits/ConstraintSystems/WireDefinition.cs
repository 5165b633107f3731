namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>How a wire follows from its constraint.</summary>
internal enum WireRule : byte
{
    /// <summary>The constraint defines no wire; it is a demand.</summary>
    None,

    /// <summary>The wire is <c>⟨A, w⟩ · ⟨B, w⟩</c>, and alone in C.</summary>
    Product,

    /// <summary>The wire is <c>1 / ⟨A, w⟩</c>, and alone in B.</summary>
    Inverse,
}

/// <summary>The wire that a constraint defines.</summary>
/// <param name="Rule">How.</param>
/// <param name="Wire">Which.</param>
internal readonly record struct WireDefinition(WireRule Rule, int Wire)
{
    public static WireDefinition None => default;

    public static WireDefinition Product(int wire) => new(WireRule.Product, wire);

    public static WireDefinition Inverse(int wire) => new(WireRule.Inverse, wire);
}
