using System.Text;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Ceremony;

/// <summary>
/// Phase two of a Groth16 setup: parties multiply δ one after the other by secrets of their own and forget them. As long as one of them does, nobody
/// knows δ. Byte-compatible with <c>snarkjs zkey new | contribute | beacon</c>. (Bowe, Gabizon, Miers, eprint 2017/1050.)
/// </summary>
public static class PhaseTwoCeremony
{
    /// <summary>Greatest length of a contribution's name, in UTF-16 units; in UTF-8 it then fits the 255 bytes of the file.</summary>
    public const int GreatestNameLength = 64;

    /// <summary>The key that the first party starts from.</summary>
    /// <param name="system">The circuit.</param>
    /// <param name="phaseOne">Phase one.</param>
    /// <exception cref="ArgumentException">The circuit is too large for the phase one.</exception>
    public static Groth16ProvingKey Start(ConstraintSystem system, PhaseOne phaseOne)
    {
        Groth16ProvingKey key = Groth16KeyGenerator.Generate(system, phaseOne);
        return key with { ConstraintSystemHash = CircuitHash.Compute(key, phaseOne) };
    }

    /// <summary>The key after one more contribution. The secret is drawn, used and forgotten here.</summary>
    /// <param name="key">The key so far.</param>
    /// <param name="name">What the party calls itself; may be empty.</param>
    /// <param name="entropy">Any text; it is mixed with the operating system's randomness and need not be secret.</param>
    /// <exception cref="ArgumentException">The name is too long, or not text.</exception>
    public static Groth16ProvingKey Contribute(Groth16ProvingKey key, string name, string entropy)
    {
        RequireName(name);
        return Apply(key, ContributionSecret.Draw(entropy), name, beacon: null);
    }

    /// <summary>The key after a contribution that everyone can repeat: the last one.</summary>
    /// <param name="key">The key so far.</param>
    /// <param name="name">What it is called; may be empty.</param>
    /// <param name="beacon">Public randomness.</param>
    /// <exception cref="ArgumentException">The name is too long, or the beacon is empty, too long, or has too few or too many iterations.</exception>
    public static Groth16ProvingKey ApplyBeacon(Groth16ProvingKey key, string name, PhaseTwoBeacon beacon)
    {
        RequireName(name);
        if (beacon.Value.Length is < 1 or > PhaseTwoBeacon.GreatestLength)
        {
            throw new ArgumentException($"a beacon has 1 to {PhaseTwoBeacon.GreatestLength} bytes, not {beacon.Value.Length}", nameof(beacon));
        }

        if (beacon.IterationsExponent is < PhaseTwoBeacon.LeastExponent or > PhaseTwoBeacon.GreatestExponent)
        {
            throw new ArgumentException(
                $"a beacon is hashed 2^{PhaseTwoBeacon.LeastExponent} to 2^{PhaseTwoBeacon.GreatestExponent} times, not 2^{beacon.IterationsExponent}",
                nameof(beacon));
        }

        return Apply(key, ContributionSecret.FromBeacon(beacon), name, beacon);
    }

    private static Groth16ProvingKey Apply(Groth16ProvingKey key, ContributionSecret secret, string name, PhaseTwoBeacon? beacon)
    {
        G1 multiple = secret.Base.Multiply(secret.Factor);
        G1 delta = key.Delta.Multiply(secret.Factor);
        PhaseTwoHasher hasher = new PhaseTwoHasher().Add(key.ConstraintSystemHash.AsSpan());
        foreach (PhaseTwoContribution earlier in key.Contributions)
        {
            hasher.Add(earlier);
        }

        byte[] transcript = hasher.Add(secret.Base).Add(multiple).Finish();
        var contribution = new PhaseTwoContribution
        {
            DeltaAfter = delta,
            Base = secret.Base,
            BaseTimesSecret = multiple,
            ChallengeTimesSecret = ChallengePoint.FromTranscript(transcript).Multiply(secret.Factor),
            Transcript = [.. transcript],
            Name = name,
            Beacon = beacon,
        };
        Fr inverse = secret.Factor.Inverse();
        return key with
        {
            Verification = key.Verification with { Delta = key.Verification.Delta.Multiply(secret.Factor) },
            Delta = delta,
            PointsC = CommonScalarMultiplication.Compute(key.PointsC, inverse),
            PointsH = CommonScalarMultiplication.Compute(key.PointsH, inverse),
            Contributions = key.Contributions.Add(contribution),
        };
    }

    private static void RequireName(string name)
    {
        if (name.Length > GreatestNameLength)
        {
            throw new ArgumentException($"the name has {name.Length} characters, more than {GreatestNameLength}", nameof(name));
        }

        if (name.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune)))
        {
            throw new ArgumentException("the name is not plain text", nameof(name));
        }
    }
}
