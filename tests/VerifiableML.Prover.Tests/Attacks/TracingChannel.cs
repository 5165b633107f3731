using VerifiableML.Algebra;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>
/// A verifier's channel that goes on after a failed check and keeps what happened: all failed checks with their values, all challenges, and how many
/// challenges came before each message. With frozen challenges it shows what would be accepted if a message did not reach the transcript.
/// </summary>
/// <param name="seed">The transcript's seed.</param>
/// <param name="messages">The proof's scalars.</param>
/// <param name="frozen">Challenges to give out whatever is received, or null.</param>
internal sealed class TracingChannel(Fr seed, IReadOnlyList<Fr> messages, IReadOnlyList<Fr>? frozen = null)
    : VerifierChannel<Fr>(seed, state => Poseidon2.Permute(state))
{
    private readonly List<Fr> _challenges = [];
    private readonly List<string> _labels = [];
    private readonly List<int> _challengesBefore = [];
    private readonly Dictionary<string, Fr> _failures = [];
    private readonly HashSet<string> _checks = [];

    public IReadOnlyList<Fr> Challenges => _challenges;

    public IReadOnlyList<string> Labels => _labels;

    /// <summary>For each message the number of challenges drawn before it.</summary>
    public IReadOnlyList<int> ChallengesBefore => _challengesBefore;

    /// <summary>All checks that were made, failed or not.</summary>
    public IReadOnlySet<string> Checks => _checks;

    /// <summary>The failed checks, with the value that should have been zero.</summary>
    public IReadOnlyDictionary<string, Fr> Failures => _failures;

    public override Fr Challenge()
    {
        Fr challenge = frozen is null ? base.Challenge() : frozen[_challenges.Count];
        _challenges.Add(challenge);
        return challenge;
    }

    public override void RequireZero(Fr value, string check)
    {
        _checks.Add(check);
        if (!value.IsZero)
        {
            _failures.TryAdd(check, value);
        }
    }

    public override void RequireNonZero(Fr value, string check)
    {
        _checks.Add(check);
        if (value.IsZero)
        {
            _failures.TryAdd(check, value);
        }
    }

    protected override Fr Next(string label)
    {
        _challengesBefore.Add(_challenges.Count);
        _labels.Add(label);
        return messages[_labels.Count - 1];
    }
}
