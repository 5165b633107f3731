namespace VerifiableML.Algebra;

/// <summary>The prime p of the BN254 curve's coordinates (EIP-196): 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47.</summary>
internal readonly struct BaseModulus : IModulus
{
    public static ulong P0 => 0x3C20_8C16_D87C_FD47;

    public static ulong P1 => 0x9781_6A91_6871_CA8D;

    public static ulong P2 => 0xB850_45B6_8181_585D;

    public static ulong P3 => 0x3064_4E72_E131_A029;

    public static ulong NegatedInverse => 0x87D2_0782_E486_6389;

    public static Limbs One => new(0xD35D_438D_C58F_0D9D, 0x0A78_EB28_F5C7_0B3D, 0x666E_A36F_7879_462C, 0x0E0A_77C1_9A07_DF2F);

    public static Limbs RSquared =>
        new(0xF32C_FC5B_538A_FA89, 0xB5E7_1911_D445_01FB, 0x47AB_1EFF_0A41_7FF6, 0x06D8_9F71_CAB8_351F);
}
