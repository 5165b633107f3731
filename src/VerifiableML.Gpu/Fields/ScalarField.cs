using ILGPU.IR.Intrinsics;
using ILGPU.Util;
using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// The scalar field in kernels: elements as <see cref="Fr"/> has them, in Montgomery form and below the modulus. Additions and products are PTX carry
/// chains where the device takes PTX (<see cref="FieldIntrinsics"/>), plain C# on the CPU accelerator. All by value.
/// </summary>
public static class ScalarField
{
    /// <summary>One.</summary>
    public static DeviceElement One => new()
    {
        L0 = 0x4FFF_FFFB,
        L1 = 0xAC96_341C,
        L2 = 0x9F60_CD29,
        L3 = 0x36FC_7695,
        L4 = 0x7879_462E,
        L5 = 0x666E_A36F,
        L6 = 0x9A07_DF2F,
        L7 = 0x0E0A_77C1,
    };

    /// <summary>R² mod r, which brings an integer into Montgomery form.</summary>
    private static DeviceElement RSquared => new()
    {
        L0 = 0xAE21_6DA7,
        L1 = 0x1BB8_E645,
        L2 = 0xE35C_59E3,
        L3 = 0x53FE_3AB1,
        L4 = 0x53BB_8085,
        L5 = 0x8C49_833D,
        L6 = 0x7F4E_44A5,
        L7 = 0x0216_D0B1,
    };

    /// <summary>The sum.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Add(DeviceElement a, DeviceElement b) => PlainArithmetic<ScalarWords>.Add(a, b);

    /// <summary>The difference.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Subtract(DeviceElement a, DeviceElement b) => PlainArithmetic<ScalarWords>.Subtract(a, b);

    /// <summary>The product.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Multiply(DeviceElement a, DeviceElement b) => PlainArithmetic<ScalarWords>.Multiply(a, b);

    /// <summary>The square.</summary>
    public static DeviceElement Square(DeviceElement a) => Multiply(a, a);

    /// <summary>Twice the element.</summary>
    public static DeviceElement Double(DeviceElement a) => Add(a, a);

    /// <summary>The additive inverse.</summary>
    public static DeviceElement Negate(DeviceElement a) => Subtract(default, a);

    /// <summary>The multiplicative inverse, and zero for zero: the power with the exponent r − 2, some 380 multiplications.</summary>
    public static DeviceElement Inverse(DeviceElement a)
    {
        DeviceElement power = One;
        for (int bit = 253; bit >= 0; bit--)
        {
            power = Square(power);
            if (((InverseExponent(bit >> 5) >> (bit & 31)) & 1) != 0)
            {
                power = Multiply(power, a);
            }
        }

        return power;
    }

    /// <summary>The element of a signed integer.</summary>
    public static DeviceElement FromInt32(int value) => FromInt64(value);

    /// <summary>The element of a signed integer.</summary>
    public static DeviceElement FromInt64(long value)
    {
        DeviceElement element = FromUInt64(value < 0 ? 0UL - (ulong)value : (ulong)value);
        return Elements.Select(value < 0, Negate(element), element);
    }

    /// <summary>The element of an unsigned integer.</summary>
    public static DeviceElement FromUInt64(ulong value) =>
        Multiply(RSquared, new DeviceElement { L0 = (uint)value, L1 = (uint)(value >> 32) });

    /// <summary>The integer that an element stands for, a/R mod r, in the same limbs.</summary>
    public static DeviceElement ToInteger(DeviceElement a) => Multiply(a, new DeviceElement { L0 = 1 });

    /// <summary>The words of r − 2.</summary>
    private static uint InverseExponent(int word)
    {
        // Selections, as a switch becomes a jump through a table.
        uint low = Utilities.Select(word == 0, 0xEFFF_FFFFu, Utilities.Select(word == 1, 0x43E1_F593u, Utilities.Select(word == 2, 0x79B9_7091u, 0x2833_E848u)));
        uint high = Utilities.Select(word == 4, 0x8181_585Du, Utilities.Select(word == 5, 0xB850_45B6u, Utilities.Select(word == 6, 0xE131_A029u, 0x3064_4E72u)));
        return Utilities.Select(word < 4, low, high);
    }
}
