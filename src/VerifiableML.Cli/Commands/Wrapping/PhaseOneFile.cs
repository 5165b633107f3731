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
    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidFileException">The file cannot be used, or is too small for the circuit.</exception>
    public static PhaseOne Read(string path, ConstraintSystem system, Terminal terminal)
    {
        int domainBits = Groth16KeyGenerator.DomainBits(system);
        return terminal.Step(
            $"read and check phase one, power {domainBits}",
            () => PtauPhaseOne.TryRead(path, domainBits, out PtauPhaseOne? phaseOne, out FileError? error) ? phaseOne : throw error.ToException());
    }
}
