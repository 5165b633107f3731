using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Tests.Groth16;

/// <summary>
/// The simulator of eprint 2016/260, §3.2: α, β and δ in place of a witness. A and B are uniform, and C is the only point that fits them,
/// exactly as in a real proof: so a real proof says nothing that the simulator did not know.
/// </summary>
internal static class Groth16Simulator
{
    /// <summary>A proof of any signals, true or not.</summary>
    public static Groth16Proof Simulate(Groth16VerificationKey key, PhaseOneSecrets secrets, Fr delta, ReadOnlySpan<Fr> signals)
    {
        using var generator = RandomNumberGenerator.Create();
        Fr a = Fr.Random(generator);
        Fr b = Fr.Random(generator);
        G1 inputs = key.Inputs[0];
        for (int i = 0; i < signals.Length; i++)
        {
            inputs += key.Inputs[i + 1].Multiply(signals[i]);
        }

        G1 c = (G1.Generator.Multiply((a * b) - (secrets.Alpha * secrets.Beta)) - inputs).Multiply(delta.Inverse());
        return new Groth16Proof(G1.Generator.Multiply(a), G2.Generator.Multiply(b), c);
    }
}
