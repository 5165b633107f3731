namespace VerifiableML.Gpu.Fields;

/// <summary>The order r of the BN254 groups (EIP-196).</summary>
internal readonly struct ScalarWords : IWordModulus
{
    public static uint P0 => 0xF000_0001;

    public static uint P1 => 0x43E1_F593;

    public static uint P2 => 0x79B9_7091;

    public static uint P3 => 0x2833_E848;

    public static uint P4 => 0x8181_585D;

    public static uint P5 => 0xB850_45B6;

    public static uint P6 => 0xE131_A029;

    public static uint P7 => 0x3064_4E72;

    public static uint NegatedInverse => 0xEFFF_FFFF;
}
