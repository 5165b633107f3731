using ILGPU.IR.Intrinsics;
using ILGPU.Util;
using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// The field of the curve's coordinates in kernels: elements as <see cref="Fq"/> has them, in Montgomery form and below the modulus. Additions and products are PTX carry
/// chains where the device takes PTX (<see cref="FieldIntrinsics"/>), plain C# on the CPU accelerator. All by value.
/// </summary>
public static class BaseField
{
    /// <summary>One.</summary>
    public static DeviceElement One => new()
    {
        L0 = 0xC58F_0D9D,
        L1 = 0xD35D_438D,
        L2 = 0xF5C7_0B3D,
        L3 = 0x0A78_EB28,
        L4 = 0x7879_462C,
        L5 = 0x666E_A36F,
        L6 = 0x9A07_DF2F,
        L7 = 0x0E0A_77C1,
    };

    /// <summary>The sum.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Add(DeviceElement a, DeviceElement b) => PlainArithmetic<BaseWords>.Add(a, b);

    /// <summary>The difference.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Subtract(DeviceElement a, DeviceElement b) => PlainArithmetic<BaseWords>.Subtract(a, b);

    /// <summary>The product.</summary>
    [IntrinsicImplementation]
    public static DeviceElement Multiply(DeviceElement a, DeviceElement b) => PlainArithmetic<BaseWords>.Multiply(a, b);

    /// <summary>The square.</summary>
    public static DeviceElement Square(DeviceElement a) => Multiply(a, a);

    /// <summary>Twice the element.</summary>
    public static DeviceElement Double(DeviceElement a) => Add(a, a);

    /// <summary>The additive inverse.</summary>
    public static DeviceElement Negate(DeviceElement a) => Subtract(default, a);

    /// <summary>The multiplicative inverse, and zero for zero: the power with the exponent p − 2, some 380 multiplications.</summary>
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

    /// <summary>The words of p − 2.</summary>
    private static uint InverseExponent(int word)
    {
        // Selections, as a switch becomes a jump through a table.
        uint low = Utilities.Select(word == 0, 0xD87C_FD45u, Utilities.Select(word == 1, 0x3C20_8C16u, Utilities.Select(word == 2, 0x6871_CA8Du, 0x9781_6A91u)));
        uint high = Utilities.Select(word == 4, 0x8181_585Du, Utilities.Select(word == 5, 0xB850_45B6u, Utilities.Select(word == 6, 0xE131_A029u, 0x3064_4E72u)));
        return Utilities.Select(word < 4, low, high);
    }
}
