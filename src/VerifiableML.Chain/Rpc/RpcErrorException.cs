namespace VerifiableML.Chain.Rpc;

/// <summary>A node answered with an error object (JSON-RPC 2.0, section 5.1).</summary>
/// <param name="method">What was asked.</param>
/// <param name="code">The error's code.</param>
/// <param name="nodeMessage">The error's message, from the node.</param>
/// <param name="data">Bytes that came with it: for a reverted call, what the contract reverted with. Null where there were none.</param>
public sealed class RpcErrorException(string method, long code, string? nodeMessage, byte[]? data)
    : ChainException($"{method}: {PlainText.Of(nodeMessage)} (code {code})")
{
    /// <summary>Too many requests (EIP-1474): the one error that passes by itself.</summary>
    private const long LimitExceeded = -32005;

    /// <summary>The error's code.</summary>
    public long Code { get; } = code;

    /// <summary>The error's message; from the node, so not to be trusted.</summary>
    public string NodeMessage { get; } = PlainText.Of(nodeMessage);

    /// <summary>What a contract reverted with, or null.</summary>
    public ReadOnlyMemory<byte>? RevertData { get; } = data is null ? null : new ReadOnlyMemory<byte>(data);

    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient => Code == LimitExceeded;
}
