using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Reads the part of a <c>.ptau</c> file that a circuit's Groth16 key is made from.</summary>
internal static class PhaseOneFile
{
    /// <summary>
    /// The power that a file should have for a circuit. One more than that of its domain where that is large: snarkjs, whose hashes a key carries, then
    /// reads one power more than a file of the domain's own size has, so that such a file gives another hash.
    /// </summary>
    public static int RequiredPower(ConstraintSystem system)
    {
        int domainBits = Groth16KeyGenerator.DomainBits(system);
        return PhaseOne.HashedVanishingPowers(domainBits) < 1 << domainBits ? domainBits : domainBits + 1;
    }

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidFileException">The file cannot be used, or is too small for the circuit.</exception>
    public static PhaseOne Read(string path, ConstraintSystem system, Terminal terminal)
    {
        int domainBits = Groth16KeyGenerator.DomainBits(system);
        return terminal.Step(
            $"read and check phase one for 2^{domainBits} rows",
            () => PtauPhaseOne.TryRead(path, domainBits, out PtauPhaseOne? phaseOne, out FileError? error) ? phaseOne : throw error.ToException());
    }
}
