using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// The modulus p in the shapes that <see cref="Lanes{TModulus}"/> works with: limbs of 52 bits, repeated in all lanes. The JIT compiles
/// per modulus and folds the choices away; a test derives every number from the modulus again.
/// </summary>
internal static class LaneModulus<TModulus>
    where TModulus : struct, IModulus
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>−p⁻¹ mod 2^52.</summary>
    public static Vector512<double> NegatedInverse { [MethodImpl(Inline)] get => Factor(0x0001_F593_EFFF_FFFF, 0x0002_0782_E486_6389); }

    // p.
    public static Vector512<ulong> P0 { [MethodImpl(Inline)] get => Integer(0x0001_F593_F000_0001, 0x8C16_D87C_FD47); }

    public static Vector512<ulong> P1 { [MethodImpl(Inline)] get => Integer(0x0004_879B_9709_143E, 0x0009_1687_1CA8_D3C2); }

    public static Vector512<ulong> P2 { [MethodImpl(Inline)] get => Integer(0x0001_8158_5D28_33E8, 0x0001_8158_5D97_816A); }

    public static Vector512<ulong> P3 { [MethodImpl(Inline)] get => Integer(0x000A_029B_8504_5B68, 0x000A_029B_8504_5B68); }

    public static Vector512<ulong> P4 { [MethodImpl(Inline)] get => Integer(0x3064_4E72_E131, 0x3064_4E72_E131); }

    // p again, as factors.
    public static Vector512<double> F0 { [MethodImpl(Inline)] get => Factor(0x0001_F593_F000_0001, 0x8C16_D87C_FD47); }

    public static Vector512<double> F1 { [MethodImpl(Inline)] get => Factor(0x0004_879B_9709_143E, 0x0009_1687_1CA8_D3C2); }

    public static Vector512<double> F2 { [MethodImpl(Inline)] get => Factor(0x0001_8158_5D28_33E8, 0x0001_8158_5D97_816A); }

    public static Vector512<double> F3 { [MethodImpl(Inline)] get => Factor(0x000A_029B_8504_5B68, 0x000A_029B_8504_5B68); }

    public static Vector512<double> F4 { [MethodImpl(Inline)] get => Factor(0x3064_4E72_E131, 0x3064_4E72_E131); }

    // (p·(−p⁻¹ mod 2^52) + 1)/2^52: m times this, one limb further up, clears a lowest limb m; see Lanes.Reduce.
    public static Vector512<double> N0 { [MethodImpl(Inline)] get => Factor(0x0008_2E64_4EE4_C3D2, 0x000C_93A3_DEE2_2C55); }

    public static Vector512<double> N1 { [MethodImpl(Inline)] get => Factor(0x000F_9389_3C98_B1DE, 0x000E_15F4_EA25_0777); }

    public static Vector512<double> N2 { [MethodImpl(Inline)] get => Factor(0x000D_46FE_04D0_A4C7, 0x0003_7F0B_49E7_CD63); }

    public static Vector512<double> N3 { [MethodImpl(Inline)] get => Factor(0x0008_F0AA_D55E_2A1F, 0x0002_079E_650A_0895); }

    public static Vector512<double> N4 { [MethodImpl(Inline)] get => Factor(0x05ED_0447_DE83, 0x0623_4192_D7A1); }

    // 2p.
    public static Vector512<ulong> Twice0 { [MethodImpl(Inline)] get => Integer(0x0003_EB27_E000_0002, 0x0001_182D_B0F9_FA8E); }

    public static Vector512<ulong> Twice1 { [MethodImpl(Inline)] get => Integer(0x0009_0F37_2E12_287C, 0x0002_2D0E_3951_A784); }

    public static Vector512<ulong> Twice2 { [MethodImpl(Inline)] get => Integer(0x0003_02B0_BA50_67D0, 0x0003_02B0_BB2F_02D5); }

    public static Vector512<ulong> Twice3 { [MethodImpl(Inline)] get => Integer(0x0004_0537_0A08_B6D0, 0x0004_0537_0A08_B6D0); }

    public static Vector512<ulong> Twice4 { [MethodImpl(Inline)] get => Integer(0x60C8_9CE5_C263, 0x60C8_9CE5_C263); }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Integer(ulong scalarField, ulong baseField) =>
        Vector512.Create(typeof(TModulus) == typeof(ScalarModulus) ? scalarField : baseField);

    [MethodImpl(Inline)]
    private static Vector512<double> Factor(ulong scalarField, ulong baseField) =>
        Vector512.Create((double)(typeof(TModulus) == typeof(ScalarModulus) ? scalarField : baseField));
}
