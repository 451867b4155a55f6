namespace Filecoin.Rpc;

/// <summary>What a channel tells of.</summary>
public enum ChannelKind
{
    /// <summary>Steps of the head.</summary>
    Heads,

    /// <summary>Messages that come to the pool.</summary>
    Messages,
}

/// <summary>A channel of values to a caller.</summary>
/// <remarks>
/// Spec: go-jsonrpc: a request's result is the channel's number, then each value is a notice
/// xrpc.ch.val [number, value], the end xrpc.ch.close [number]. A caller does not know the number
/// before it has the result: values are held back until that was sent.
/// </remarks>
/// <param name="number">Its number.</param>
/// <param name="request">What the request that opened it is named by.</param>
/// <param name="kind">What it tells of.</param>
/// <param name="queue">Takes notices to be sent.</param>
internal sealed class RpcChannel(
    ulong number, string? request, ChannelKind kind, Action<Func<byte[]>> queue)
{
    private const int HeldMax = 1_000;

    private readonly Lock gate = new();
    private List<object>? held = [];

    public ulong Number => number;

    public string? Request => request;

    public ChannelKind Kind => kind;

    /// <summary>Tells a value.</summary>
    public void Tell(object value)
    {
        lock (gate)
        {
            if (held is null)
            {
                queue(() => RpcJson.ChannelNotice("xrpc.ch.val", number, value));
            }
            else if (held.Count < HeldMax)
            {
                held.Add(value);
            }
        }
    }

    /// <summary>The caller knows its number.</summary>
    public void Release()
    {
        lock (gate)
        {
            List<object>? waiting = held;
            held = null;
            foreach (object value in waiting ?? [])
            {
                queue(() => RpcJson.ChannelNotice("xrpc.ch.val", number, value));
            }
        }
    }

    /// <summary>Tells that there are no more values.</summary>
    public void Close() => queue(() => RpcJson.ChannelNotice("xrpc.ch.close", number, null));
}
