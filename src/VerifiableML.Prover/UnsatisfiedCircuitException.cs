namespace VerifiableML.Prover;

/// <summary>An honest prover stops here: what it computes does not satisfy the circuit, so no proof of it would be accepted.</summary>
/// <param name="message">Which check fails.</param>
internal sealed class UnsatisfiedCircuitException(string message) : InvalidOperationException(message);
