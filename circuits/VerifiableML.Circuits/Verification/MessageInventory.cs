using System.Runtime.CompilerServices;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Circuits.Verification;

/// <summary>
/// The list of all scalars that a proof of a circuit has, by name and in order. It comes from running the verifier itself on zeros, so it can
/// neither miss a message nor invent one.
/// </summary>
/// <param name="Labels">What each scalar is.</param>
public sealed record MessageInventory(IReadOnlyList<string> Labels)
{
    private static readonly ConditionalWeakTable<Circuit, MessageInventory> Known = [];

    /// <summary>The inventory of <paramref name="circuit"/>.</summary>
    public static MessageInventory Of(Circuit circuit) => Known.GetValue(circuit, Take);

    private static MessageInventory Take(Circuit circuit)
    {
        var channel = new RecordingChannel();
        new VerifierProtocol<Fr>(circuit, channel, (_, _) => Fr.Zero).Run();
        return new MessageInventory(channel.Labels);
    }

    private sealed class RecordingChannel() : VerifierChannel<Fr>(Fr.Zero, _ => { })
    {
        public List<string> Labels { get; } = [];

        public override void RequireZero(Fr value, string check)
        {
        }

        public override void RequireNonZero(Fr value, string check)
        {
        }

        protected override Fr Next(string label)
        {
            Labels.Add(label);
            return Fr.Zero;
        }
    }
}
