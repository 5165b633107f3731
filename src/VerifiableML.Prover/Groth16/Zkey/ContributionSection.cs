using System.Collections.Immutable;
using System.Text;
using VerifiableML.Protocol.Serialization.Sections;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>
/// Section 10 of a <c>.zkey</c> file: hash of the constraint system and key, number of contributions, and for each its points, its transcript, its type
/// (0: a party, 1: a beacon) and its parameters: name (1), iterations (2), beacon (3), in this order, each optional, with one byte for the length.
/// </summary>
internal static class ContributionSection
{
    private const int PointsLength = (3 * Algebra.G1.ByteLength) + Algebra.G2.ByteLength;
    private const byte NameParameter = 1;
    private const byte IterationsParameter = 2;
    private const byte BeaconParameter = 3;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static (ImmutableArray<byte> Hash, ImmutableArray<PhaseTwoContribution> Contributions) Read(SectionReader section)
    {
        byte[] hash = ReadBytes(section, PhaseTwoContribution.HashLength);
        int count = section.ReadCount("contributions", ZkeyLayout.MostContributions);
        var contributions = ImmutableArray.CreateBuilder<PhaseTwoContribution>();
        for (int i = 0; i < count; i++)
        {
            contributions.Add(ReadContribution(section, i + 1));
        }

        section.RequireEnd();
        return ([.. hash], contributions.ToImmutable());
    }

    public static void Write(SectionWriter writer, ImmutableArray<byte> hash, ImmutableArray<PhaseTwoContribution> contributions)
    {
        byte[][] parameters = [.. contributions.Select(Parameters)];
        long length = hash.Length + sizeof(uint) + parameters.Sum(
            bytes => PointsLength + PhaseTwoContribution.HashLength + (2 * sizeof(uint)) + (long)bytes.Length);
        writer.Begin(ZkeyLayout.ContributionsSection, length);
        writer.Write(hash.AsSpan());
        writer.Write((uint)contributions.Length);
        for (int i = 0; i < contributions.Length; i++)
        {
            PhaseTwoContribution contribution = contributions[i];
            writer.Write(contribution.DeltaAfter);
            writer.Write(contribution.Base);
            writer.Write(contribution.BaseTimesSecret);
            writer.Write(contribution.ChallengeTimesSecret);
            writer.Write(contribution.Transcript.AsSpan());
            writer.Write(contribution.Beacon is null ? 0u : 1u);
            writer.Write((uint)parameters[i].Length);
            writer.Write(parameters[i]);
        }
    }

    private static PhaseTwoContribution ReadContribution(SectionReader section, int number)
    {
        var contribution = new PhaseTwoContribution
        {
            DeltaAfter = section.ReadG1($"delta of contribution {number}"),
            Base = section.ReadG1($"base of contribution {number}"),
            BaseTimesSecret = section.ReadG1($"proof of contribution {number}"),
            ChallengeTimesSecret = section.ReadG2($"proof of contribution {number}"),
            Transcript = [.. ReadBytes(section, PhaseTwoContribution.HashLength)],
        };
        uint type = section.ReadUInt32();
        uint length = section.ReadUInt32();
        if (type > 1 || length > section.Remaining)
        {
            throw section.Error($"contribution {number} has type {type} and {length} bytes of parameters");
        }

        return ReadParameters(section, contribution, number, section.Remaining - length, isBeacon: type == 1);
    }

    private static PhaseTwoContribution ReadParameters(
        SectionReader section, PhaseTwoContribution contribution, int number, long remainingAfter, bool isBeacon)
    {
        int last = 0;
        int iterations = -1;
        ImmutableArray<byte> beacon = [];
        string name = string.Empty;
        while (section.Remaining > remainingAfter)
        {
            int type = section.ReadByte();
            if (type <= last || type > BeaconParameter)
            {
                throw section.Error($"contribution {number} has parameter {type} after parameter {last}");
            }

            switch (last = type)
            {
                case NameParameter:
                    name = ReadName(section, number);
                    break;
                case IterationsParameter:
                    iterations = section.ReadByte();
                    break;
                default:
                    beacon = [.. ReadBytes(section, section.ReadByte())];
                    break;
            }
        }

        if (section.Remaining != remainingAfter || isBeacon != (iterations >= 0) || isBeacon != !beacon.IsEmpty)
        {
            throw section.Error($"the parameters of contribution {number} do not fit its type");
        }

        return contribution with { Name = name, Beacon = isBeacon ? new PhaseTwoBeacon(beacon, iterations) : null };
    }

    private static string ReadName(SectionReader section, int number)
    {
        byte[] bytes = ReadBytes(section, section.ReadByte());
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw section.Error($"the name of contribution {number} is not UTF-8");
        }
    }

    private static byte[] Parameters(PhaseTwoContribution contribution)
    {
        List<byte> bytes = [];
        if (contribution.Name.Length > 0)
        {
            byte[] name = Utf8.GetBytes(contribution.Name);
            bytes.AddRange([NameParameter, checked((byte)name.Length), .. name]);
        }

        if (contribution.Beacon is PhaseTwoBeacon beacon)
        {
            bytes.AddRange([IterationsParameter, checked((byte)beacon.IterationsExponent)]);
            bytes.AddRange([BeaconParameter, checked((byte)beacon.Value.Length), .. beacon.Value]);
        }

        return [.. bytes];
    }

    private static byte[] ReadBytes(SectionReader section, int length)
    {
        var bytes = new byte[length];
        section.Read(bytes);
        return bytes;
    }
}
