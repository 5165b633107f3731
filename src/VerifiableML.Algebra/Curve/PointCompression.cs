namespace VerifiableML.Algebra;

/// <summary>
/// The two flag bits in front of a compressed point, which the 254-bit coordinate leaves free. They mean what they mean in gnark-crypto:
/// which of the two roots y is, or that the point is infinity. 00 is not used, so that no compressed point looks like a plain coordinate.
/// </summary>
internal static class PointCompression
{
    public const byte Mask = 0xc0;
    public const byte SmallerY = 0x80;
    public const byte LargerY = 0xc0;
    public const byte Infinity = 0x40;

    /// <summary>True for the single encoding of infinity: the flag, then zeros.</summary>
    public static bool IsInfinity(ReadOnlySpan<byte> bytes) => bytes[0] == Infinity && bytes[1..].IndexOfAnyExcept((byte)0) < 0;
}
