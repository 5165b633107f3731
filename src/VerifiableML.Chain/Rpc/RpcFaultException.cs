namespace VerifiableML.Chain.Rpc;

/// <summary>Why no usable answer came.</summary>
public enum RpcFault
{
    /// <summary>The connection was refused or broke.</summary>
    Connection,

    /// <summary>No whole answer within the time limit.</summary>
    Timeout,

    /// <summary>An HTTP status other than success, without an answer of JSON-RPC.</summary>
    HttpStatus,

    /// <summary>The answer is not what JSON-RPC or the method says it is.</summary>
    Malformed,

    /// <summary>The answer is to another request.</summary>
    WrongId,

    /// <summary>The answer is longer than the limit.</summary>
    TooLarge,
}

/// <summary>A node gave no usable answer. What was asked may or may not have happened.</summary>
/// <param name="fault">Why.</param>
/// <param name="isTransient">Whether asking again may help.</param>
/// <param name="message">One line.</param>
/// <param name="inner">What the transport said.</param>
public sealed class RpcFaultException(RpcFault fault, bool isTransient, string message, Exception? inner = null) : ChainException(message, inner)
{
    /// <summary>Why.</summary>
    public RpcFault Fault { get; } = fault;

    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient { get; } = isTransient;
}
