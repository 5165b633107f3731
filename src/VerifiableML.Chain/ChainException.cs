namespace VerifiableML.Chain;

/// <summary>Something on the way to a chain went wrong; the message is one line, without keys and without the node's address.</summary>
public class ChainException : Exception
{
    /// <summary>With a message.</summary>
    public ChainException(string message) : base(message)
    {
    }

    /// <summary>With what caused it.</summary>
    public ChainException(string message, Exception? inner) : base(message, inner)
    {
    }
}
