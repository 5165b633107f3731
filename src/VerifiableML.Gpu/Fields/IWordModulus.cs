namespace VerifiableML.Gpu.Fields;

/// <summary>A modulus below 2^254 in 32-bit words, least significant first, with the constants of its Montgomery arithmetic.</summary>
internal interface IWordModulus
{
    static abstract uint P0 { get; }

    static abstract uint P1 { get; }

    static abstract uint P2 { get; }

    static abstract uint P3 { get; }

    static abstract uint P4 { get; }

    static abstract uint P5 { get; }

    static abstract uint P6 { get; }

    static abstract uint P7 { get; }

    /// <summary>−p⁻¹ mod 2^32.</summary>
    static abstract uint NegatedInverse { get; }
}
