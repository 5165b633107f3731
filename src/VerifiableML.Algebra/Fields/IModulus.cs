namespace VerifiableML.Algebra;

/// <summary>
/// The constants of Montgomery arithmetic modulo an odd prime p below 2^254, R = 2^256. Implementations are empty structs, so that the
/// JIT compiles the generic arithmetic once per field with the constants folded in.
/// </summary>
internal interface IModulus
{
    static abstract ulong P0 { get; }
    static abstract ulong P1 { get; }
    static abstract ulong P2 { get; }
    static abstract ulong P3 { get; }

    /// <summary>−p⁻¹ mod 2^64.</summary>
    static abstract ulong NegatedInverse { get; }

    /// <summary>R mod p, the Montgomery form of one.</summary>
    static abstract Limbs One { get; }

    /// <summary>R² mod p, the factor that brings an integer into Montgomery form.</summary>
    static abstract Limbs RSquared { get; }
}
