using System.Globalization;
using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup;

/// <summary>Public setups, recognised by <c>[τ]G2</c>: whoever can make another string with the same point knows <c>τ</c>.</summary>
public static class KnownCeremonies
{
    /// <summary>
    /// Perpetual Powers of Tau after its 54th contribution and a public beacon, 2^28 powers, distributed as
    /// <c>powersOfTau28_hez_final*.ptau</c>. The value stands as <c>X_2</c> in every PLONK and fflonk key made from those files (for instance
    /// in Polygon's <c>FflonkVerifierEtrog.sol</c>) and, negated, in the Halo2 verifiers whose parameters were converted from them.
    /// </summary>
    private static readonly (string Name, string[] TauG2)[] Table =
    [
        ("Perpetual Powers of Tau (Hermez, 54 contributions)",
        [
            "21831381940315734285607113342023901060522397560371972897001948545212302161822",
            "17231025384763736816414546592865244497437017442647097510447326538965263639101",
            "2388026358213174446665280700919698872609886601280537296205114254867301080648",
            "11507326595632554467052522095592665270651932854513688777769618397986436103170",
        ]),
    ];

    private static readonly (SetupOrigin Origin, byte[] Encoding)[] Known =
        [.. Table.Select(entry => (new SetupOrigin(SetupTrust.Ceremony, entry.Name), Encode(entry.TauG2)))];

    /// <summary>The origin to which <paramref name="tauG2"/> belongs; <see cref="SetupOrigin.Unknown"/> for any other point.</summary>
    public static SetupOrigin Recognise(in G2 tauG2)
    {
        if (InsecureSetup.IsTau(tauG2))
        {
            return SetupOrigin.InsecureLocal;
        }

        Span<byte> encoding = stackalloc byte[G2.ByteLength];
        tauG2.Encode(encoding);
        foreach ((SetupOrigin origin, byte[] known) in Known)
        {
            if (encoding.SequenceEqual(known))
            {
                return origin;
            }
        }

        return SetupOrigin.Unknown;
    }

    // α and β of the ceremony with the same index, as they stand in the Groth16 keys that snarkjs makes from its files.
    private static readonly (string[] AlphaG1, string[] BetaG2)[] PhaseOneTable =
    [
        (
        [
            "20491192805390485299153009773594534940189261866228447918068658471970481763042",
            "9383485363053290200918347156157836566562967994039712273449902621266178545958",
        ],
        [
            "6375614351688725206403948262868962793625744043794305715222011528459656738731",
            "4252822878758300859123897981450591353533073413197771768651442665752259397132",
            "10505242626370262277552901082094356697409835680220590971873171140371331206856",
            "21847035105528745403288232691147584728191162732299865338377159692350059136679",
        ]),
    ];

    /// <summary>
    /// The origin of a phase one. <c>[τ]G2</c> alone does not tell: anyone can put an α and a β of their own beside powers of a τ that nobody knows.
    /// </summary>
    public static SetupOrigin RecognisePhaseOne(in G2 tauG2, in G1 alphaG1, in G2 betaG2)
    {
        SetupOrigin origin = Recognise(tauG2);
        if (origin.Trust != SetupTrust.Ceremony)
        {
            return origin;
        }

        (string[] alpha, string[] beta) = PhaseOneTable[Array.FindIndex(Table, entry => entry.Name == origin.Name)];
        var alphaBytes = new byte[G1.ByteLength];
        var betaBytes = new byte[G2.ByteLength];
        alphaG1.Encode(alphaBytes);
        betaG2.Encode(betaBytes);
        return alphaBytes.AsSpan().SequenceEqual(EncodeG1(alpha)) && betaBytes.AsSpan().SequenceEqual(Encode(beta)) ? origin : SetupOrigin.Unknown;
    }

    private static byte[] EncodeG1(string[] coordinates)
    {
        var bytes = new byte[G1.ByteLength];
        for (int i = 0; i < coordinates.Length; i++)
        {
            Fq.FromBigInteger(BigInteger.Parse(coordinates[i], CultureInfo.InvariantCulture)).Encode(bytes.AsSpan(i * Fq.ByteLength, Fq.ByteLength));
        }

        return bytes;
    }

    // Coordinates are written real part first, as in the keys that they come from; EIP-197 puts the imaginary part first.
    private static byte[] Encode(string[] coordinates)
    {
        var bytes = new byte[G2.ByteLength];
        for (int i = 0; i < coordinates.Length; i++)
        {
            Fq.FromBigInteger(BigInteger.Parse(coordinates[i], CultureInfo.InvariantCulture)).Encode(bytes.AsSpan((i ^ 1) * Fq.ByteLength, Fq.ByteLength));
        }

        return bytes;
    }
}
