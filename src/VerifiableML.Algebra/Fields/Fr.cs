using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Arithmetic = VerifiableML.Algebra.Montgomery<VerifiableML.Algebra.ScalarModulus>;
using Conversion = VerifiableML.Algebra.FieldConversion<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra;

/// <summary>
/// An element of the BN254 scalar field, modulo the prime order r of the curve's groups (EIP-196).
/// 32 bytes in Montgomery form, always below the modulus, so that equal values are equal bytes. <c>default</c> is zero.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Fr : IFieldElement<Fr>, IScalar<Fr>
{
    /// <summary>Bytes of an encoded element.</summary>
    public const int ByteLength = Conversion.ByteLength;

    private readonly Limbs _limbs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Fr(in Limbs limbs) => _limbs = limbs;

    /// <summary>Takes the four limbs of a Montgomery form, least significant first; they must be below the modulus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Fr(ulong limb0, ulong limb1, ulong limb2, ulong limb3) => _limbs = new Limbs(limb0, limb1, limb2, limb3);

    /// <summary>The neutral element of addition.</summary>
    public static Fr Zero => default;

    /// <summary>The neutral element of multiplication.</summary>
    public static Fr One => new(ScalarModulus.One);

    /// <inheritdoc/>
    static Fr IScalar<Fr>.FromConstant(Fr value) => value;

    /// <summary>The modulus as an integer.</summary>
    public static BigInteger Modulus => Conversion.Modulus;

    /// <summary>True for zero.</summary>
    public bool IsZero => _limbs.IsZero;

    internal ulong Limb0 => _limbs.L0;

    internal ulong Limb1 => _limbs.L1;

    internal ulong Limb2 => _limbs.L2;

    internal ulong Limb3 => _limbs.L3;

    /// <summary>The element of a signed integer; a negative one stands for the modulus minus its absolute value.</summary>
    public static Fr FromInt64(long value) => value < 0 ? -FromUInt64(0UL - (ulong)value) : FromUInt64((ulong)value);

    /// <summary>The element of an unsigned integer.</summary>
    public static Fr FromUInt64(ulong value) => new(Arithmetic.FromInteger(new Limbs(value, 0, 0, 0)));

    /// <summary>The element congruent to an integer of any size and sign. Reduces, so it is not for untrusted encodings.</summary>
    public static Fr FromBigInteger(BigInteger value) => new(Conversion.FromBigInteger(value));

    /// <summary>The element congruent to a big-endian integer of any length: for hash outputs, not for untrusted encodings.</summary>
    public static Fr FromWideBytes(ReadOnlySpan<byte> bigEndian) => new(Conversion.FromWideBytes(bigEndian));

    /// <summary>A uniformly distributed element.</summary>
    public static Fr Random(RandomNumberGenerator generator) => new(Conversion.Random(generator));

    /// <summary>Decodes exactly 32 big-endian bytes; false for another length and for a number not below the modulus.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bigEndian, out Fr value)
    {
        bool ok = Conversion.TryDecode(bigEndian, out Limbs limbs);
        value = new Fr(limbs);
        return ok;
    }

    /// <summary>Writes the element as exactly 32 big-endian bytes.</summary>
    /// <exception cref="ArgumentException">The destination is not 32 bytes long.</exception>
    public void Encode(Span<byte> bigEndian) => Conversion.Encode(_limbs, bigEndian);

    /// <summary>The element as an integer from zero to the modulus minus one.</summary>
    public BigInteger ToBigInteger() => Conversion.ToBigInteger(Arithmetic.ToInteger(_limbs));

    /// <summary>The limbs of the integer that the element stands for, least significant first.</summary>
    internal Limbs ToIntegerLimbs() => Arithmetic.ToInteger(_limbs);

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator +(in Fr left, in Fr right) => new(Arithmetic.Add(left._limbs, right._limbs));

    /// <summary>The difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator -(in Fr left, in Fr right) => new(Arithmetic.Subtract(left._limbs, right._limbs));

    /// <summary>The additive inverse.</summary>
    public static Fr operator -(in Fr value) => new(Arithmetic.Negate(value._limbs));

    /// <summary>The product.</summary>
    public static Fr operator *(in Fr left, in Fr right) => new(Arithmetic.Multiply(left._limbs, right._limbs));

    /// <summary>True where both are the same element.</summary>
    public static bool operator ==(in Fr left, in Fr right) => Limbs.Same(left._limbs, right._limbs);

    /// <summary>True where the elements differ.</summary>
    public static bool operator !=(in Fr left, in Fr right) => !Limbs.Same(left._limbs, right._limbs);

    /// <summary>The square.</summary>
    public Fr Square() => new(Arithmetic.Multiply(_limbs, _limbs));

    /// <summary>Twice the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fr Double() => new(Arithmetic.Add(_limbs, _limbs));

    /// <summary>The multiplicative inverse, and zero for zero.</summary>
    public Fr Inverse() => IsZero ? this : new(MontgomeryInverse<ScalarModulus>.Invert(_limbs));

    /// <summary>The multiplicative inverse; false (and zero) for zero.</summary>
    public bool TryInverse(out Fr inverse)
    {
        inverse = Inverse();
        return !IsZero;
    }

    /// <summary>The power with a non-negative exponent; the zeroth power is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is negative.</exception>
    public Fr Pow(BigInteger exponent) => FieldPower.Pow(this, exponent);

    /// <summary>The power; the zeroth power is one.</summary>
    public Fr Pow(ulong exponent) => FieldPower.Pow(this, exponent);

    /// <inheritdoc/>
    public bool Equals(Fr other) => Limbs.Same(_limbs, other._limbs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fr other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Limb0, Limb1, Limb2, Limb3);

    /// <summary>The element as a decimal integer.</summary>
    public override string ToString() => ToBigInteger().ToString();
}
