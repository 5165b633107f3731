namespace VerifiableML.Algebra;

/// <summary>The non-adjacent form: binary digits −1, 0 and 1, no two neighbours of which are both different from zero.</summary>
internal static class SignedDigits
{
    /// <summary>The digits of a positive integer below 2^127, the most significant (which is 1) first.</summary>
    public static sbyte[] OfInteger(UInt128 value)
    {
        var digits = new List<sbyte>();
        for (; value != 0; value >>= 1)
        {
            sbyte digit = 0;
            if ((value & 1) != 0)
            {
                digit = (value & 2) != 0 ? (sbyte)-1 : (sbyte)1;
                value = digit > 0 ? value - 1 : value + 1;
            }

            digits.Add(digit);
        }

        digits.Reverse();
        return [.. digits];
    }
}
