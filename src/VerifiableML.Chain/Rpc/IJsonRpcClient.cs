using System.Text.Json;
using System.Text.Json.Nodes;

namespace VerifiableML.Chain.Rpc;

/// <summary>A connection to a node, on which methods of JSON-RPC 2.0 are called.</summary>
public interface IJsonRpcClient
{
    /// <summary>Limits.</summary>
    JsonRpcOptions Options { get; }

    /// <summary>Asks, again and again where faults may pass. Only for what may happen twice.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The result, which may be JSON's null.</returns>
    /// <exception cref="RpcErrorException">The node's error object.</exception>
    /// <exception cref="RpcFaultException">No usable answer at the last attempt.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken cancellation = default);

    /// <summary>Asks once; see <see cref="CallAsync"/>.</summary>
    Task<JsonElement> CallOnceAsync(string method, JsonArray parameters, CancellationToken cancellation = default);
}
