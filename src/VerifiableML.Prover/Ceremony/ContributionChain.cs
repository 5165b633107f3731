using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>Checks contributions one after the other, each against all before it.</summary>
internal static class ContributionChain
{
    public static CeremonyRejection? FindFault(ReadOnlySpan<byte> circuitHash, ReadOnlySpan<PhaseTwoContribution> contributions)
    {
        PhaseTwoHasher hasher = new PhaseTwoHasher().Add(circuitHash);
        G1 delta = G1.Generator;
        bool someoneContributed = false;
        for (int i = 0; i < contributions.Length; i++)
        {
            PhaseTwoContribution contribution = contributions[i];
            if (FindFault(contribution, i + 1, hasher, delta) is CeremonyRejection fault)
            {
                return fault;
            }

            hasher.Add(contribution);
            delta = contribution.DeltaAfter;
            someoneContributed |= contribution.Beacon is null;
        }

        return someoneContributed
            ? null
            : new CeremonyRejection(CeremonyFault.NoContribution, "no party has contributed to the key, so that everyone knows its delta");
    }

    private static CeremonyRejection? FindFault(PhaseTwoContribution contribution, int number, PhaseTwoHasher before, in G1 deltaBefore)
    {
        byte[] transcript = before.Copy().Add(contribution.Base).Add(contribution.BaseTimesSecret).Finish();
        if (!contribution.Transcript.AsSpan().SequenceEqual(transcript))
        {
            return new CeremonyRejection(CeremonyFault.Transcript, $"the transcript of contribution {number} is not the hash of what came before");
        }

        G2 challenge = ChallengePoint.FromTranscript(transcript);
        if (!SecretRatio.IsSame(contribution.Base, contribution.BaseTimesSecret, challenge, contribution.ChallengeTimesSecret))
        {
            return new CeremonyRejection(
                CeremonyFault.ProofOfKnowledge, $"the party of contribution {number} did not show to have known its secret");
        }

        if (!SecretRatio.IsSame(deltaBefore, contribution.DeltaAfter, challenge, contribution.ChallengeTimesSecret))
        {
            return new CeremonyRejection(
                CeremonyFault.DeltaChain, $"delta after contribution {number} is not delta before it times the secret");
        }

        return contribution.Beacon is null ? null : FindBeaconFault(contribution, contribution.Beacon, number);
    }

    private static CeremonyRejection? FindBeaconFault(PhaseTwoContribution contribution, PhaseTwoBeacon beacon, int number)
    {
        if (beacon.Value.IsDefaultOrEmpty || beacon.IterationsExponent is < 0 or > PhaseTwoBeacon.GreatestExponent)
        {
            return new CeremonyRejection(
                CeremonyFault.Beacon,
                $"the beacon of contribution {number} is hashed 2^{beacon.IterationsExponent} times, at most 2^{PhaseTwoBeacon.GreatestExponent} are repeated");
        }

        ContributionSecret expected = ContributionSecret.FromBeacon(beacon);
        return contribution.Base == expected.Base && contribution.BaseTimesSecret == expected.Base.Multiply(expected.Factor)
            ? null
            : new CeremonyRejection(CeremonyFault.Beacon, $"contribution {number} is not made from the beacon that it names");
    }
}
