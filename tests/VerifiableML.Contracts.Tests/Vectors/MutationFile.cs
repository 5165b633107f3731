using System.Buffers.Binary;
using System.Globalization;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>
/// Mutated proofs with the verdict of the verifier in C#, for a test of forge that compares it with the contract's: for each a byte that is one where it was
/// accepted, its length in four bytes, and the bytes.
/// </summary>
internal static class MutationFile
{
    private const string CountVariable = "VML_MUTATIONS";

    /// <summary>Number of mutations of each proof; more where the environment asks for it.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(CountVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 1500;

    /// <summary>Writes the mutations of a vector; returns how many of them were accepted.</summary>
    public static int Write(Vector vector)
    {
        List<byte[]> mutations = new ProofMutations(vector, seed: 1).Make(Count);
        var verdicts = new bool[mutations.Count];
        Parallel.For(0, mutations.Count, i => verdicts[i] = vector.Model.Verify(vector.Statement, mutations[i]) is null);
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        for (int i = 0; i < mutations.Count; i++)
        {
            stream.WriteByte(verdicts[i] ? (byte)1 : (byte)0);
            BinaryPrimitives.WriteInt32BigEndian(length, mutations[i].Length);
            stream.Write(length);
            stream.Write(mutations[i]);
        }

        File.WriteAllBytes(Path.Combine(VectorSet.Folder, vector.Name + ".mutations"), stream.ToArray());
        return verdicts.Count(verdict => verdict);
    }
}
