namespace VerifiableML.Gpu.Fields;

/// <summary>The prime p of the BN254 curve's coordinates (EIP-196).</summary>
internal readonly struct BaseWords : IWordModulus
{
    public static uint P0 => 0xD87C_FD47;

    public static uint P1 => 0x3C20_8C16;

    public static uint P2 => 0x6871_CA8D;

    public static uint P3 => 0x9781_6A91;

    public static uint P4 => 0x8181_585D;

    public static uint P5 => 0xB850_45B6;

    public static uint P6 => 0xE131_A029;

    public static uint P7 => 0x3064_4E72;

    public static uint NegatedInverse => 0xE486_6389;
}
