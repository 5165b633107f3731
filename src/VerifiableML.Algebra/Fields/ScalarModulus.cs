namespace VerifiableML.Algebra;

/// <summary>The order r of the BN254 groups (EIP-196): 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001.</summary>
internal readonly struct ScalarModulus : IModulus
{
    public static ulong P0 => 0x43E1_F593_F000_0001;

    public static ulong P1 => 0x2833_E848_79B9_7091;

    public static ulong P2 => 0xB850_45B6_8181_585D;

    public static ulong P3 => 0x3064_4E72_E131_A029;

    public static ulong NegatedInverse => 0xC2E1_F593_EFFF_FFFF;

    public static Limbs One => new(0xAC96_341C_4FFF_FFFB, 0x36FC_7695_9F60_CD29, 0x666E_A36F_7879_462E, 0x0E0A_77C1_9A07_DF2F);

    public static Limbs RSquared =>
        new(0x1BB8_E645_AE21_6DA7, 0x53FE_3AB1_E35C_59E3, 0x8C49_833D_53BB_8085, 0x0216_D0B1_7F4E_44A5);
}
