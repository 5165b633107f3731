namespace VerifiableML.Algebra;

/// <content>Square roots, for the decoding of compressed points.</content>
public readonly partial struct Fq2
{
    /// <summary>
    /// True where the element comes after its additive inverse in the order of (c₁, c₀): the sign that compressed points carry.
    /// </summary>
    public bool IsUpperHalf => C1.IsZero ? C0.IsUpperHalf : C1.IsUpperHalf;

    /// <summary>One of the two square roots, whichever; false (and zero) where there is none.</summary>
    public bool TrySquareRoot(out Fq2 root)
    {
        root = default;
        if (!TryRootCandidate(out Fq2 candidate) || candidate.Square() != this)
        {
            return false;
        }

        root = candidate;
        return true;
    }

    /// <summary>(x₀ + x₁u)² = c₀ + c₁u means x₀² = (c₀ ± √(c₀² + c₁²))/2 for one of the signs, and x₁ = c₁/(2x₀).</summary>
    private bool TryRootCandidate(out Fq2 candidate)
    {
        candidate = default;
        if (C1.IsZero)
        {
            // One of c₀ and −c₀ is a square, as −1 is none; the root of the latter is a multiple of u.
            bool real = C0.TrySquareRoot(out Fq root);
            if (!real && !(-C0).TrySquareRoot(out root))
            {
                return false;
            }

            candidate = real ? new Fq2(root, Fq.Zero) : new Fq2(Fq.Zero, root);
            return true;
        }

        if (!(C0.Square() + C1.Square()).TrySquareRoot(out Fq norm))
        {
            return false;
        }

        if (!((C0 + norm) * OneHalf).TrySquareRoot(out Fq x0) && !((C0 - norm) * OneHalf).TrySquareRoot(out x0))
        {
            return false;
        }

        candidate = new Fq2(x0, C1 * x0.Double().Inverse());
        return true;
    }
}
