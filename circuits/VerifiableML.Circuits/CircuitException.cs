namespace VerifiableML.Circuits;

/// <summary>A model that cannot be made into a circuit; the message names the node and the reason.</summary>
public sealed class CircuitException : Exception
{
    /// <summary>An exception with this message.</summary>
    public CircuitException(string message)
        : base(message)
    {
    }
}
