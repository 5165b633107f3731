namespace VerifiableML.Chain.Rpc;

/// <summary>Faults that may pass, and what is done about them: asking again, with growing pauses.</summary>
public static class TransientFaults
{
    /// <summary>Whether a fault may pass.</summary>
    public static bool IsTransient(ChainException fault) =>
        fault is RpcFaultException { IsTransient: true } or RpcErrorException { IsTransient: true };

    /// <summary>Does something that may happen twice until it works, fails for good, or was tried as often as the options say.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> once, JsonRpcOptions options, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await once().ConfigureAwait(false);
            }
            catch (ChainException fault) when (attempt < options.Attempts && IsTransient(fault))
            {
                await Task.Delay(options.PauseAfter(attempt), cancellation).ConfigureAwait(false);
            }
        }
    }
}
